import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'guards/**/*.test.ts',
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    // Starts nothing by itself: the database server is for the test files that ask for it.
    globalSetup: ['packages/testing/src/database/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
