import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['test/**/*.test.ts', 'test/e2e/**/*.spec.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A browser on a busy machine may miss a moment; a real defect fails every time.
    retry: process.env.CI ? 2 : 0,
    // Prepared data of the tests is kept away from the person's own.
    globalSetup: 'test/support/cacheFolder.ts',
    pool: 'forks',
    maxWorkers: 2,
  },
})
