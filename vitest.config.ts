import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    projects: [
      {
        extends: true,
        // These leave nothing behind in their process: running them in sequence takes half the time of one process per
        // file.
        test: {
          name: 'shared',
          include: ['test/{core,docs,preload,renderer,scripts,structure}/**/*.test.ts', 'test/e2e/**/*.spec.ts'],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'own', include: ['test/{main,support}/**/*.test.ts'] } },
    ],
    // Only hanging tests reach these: on a busy machine everything takes several times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // Tests that pass only on retry are listed at the end of the run.
    retry: process.env.CI ? 2 : 0,
    // Keeps the tests' prepared data separate from the user's own.
    globalSetup: 'test/support/cacheFolder.ts',
    pool: 'forks',
    maxWorkers: 2,
    // Two files at a time share the cores: threads that wait for each other would keep them busy waiting.
    env: { OMP_NUM_THREADS: '1' },
  },
})
