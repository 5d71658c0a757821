import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    projects: [
      {
        extends: true,
        // These leave nothing behind in their process: one after another takes half the time of a process for each.
        test: {
          name: 'shared',
          include: ['test/{core,docs,preload,renderer,scripts,structure}/**/*.test.ts', 'test/e2e/**/*.spec.ts'],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'own', include: ['test/{main,support}/**/*.test.ts'] } },
    ],
    // Only what hangs meets these: on a machine with other work everything takes several times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // What passes only at a second try is named at the end of the run.
    retry: process.env.CI ? 2 : 0,
    // Prepared data of the tests is kept away from the person's own.
    globalSetup: 'test/support/cacheFolder.ts',
    pool: 'forks',
    maxWorkers: 2,
    // Two files at a time share the cores: threads that wait for each other would keep them busy with waiting.
    env: { OMP_NUM_THREADS: '1' },
  },
})
