import { defineConfig } from 'vitest/config'

/** The tests next to what `npm run mutate` changes. They need neither database nor queue. */
export default defineConfig({
  test: {
    include: [
      'packages/experiments/src/**/*.test.ts',
      'packages/evaluation/src/verdicts/**/*.test.ts',
      'packages/statistics/src/**/*.test.ts',
      'packages/queue/src/**/*.test.ts',
    ],
    exclude: ['**/*.long.test.ts'],
    testTimeout: 60_000,
  },
})
