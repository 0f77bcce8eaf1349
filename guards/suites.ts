import path from 'node:path'
import type { ViteUserConfig } from 'vitest/config'

/** What has tests and belongs to no package. */
export const rootFolders = ['guards', 'tests', 'scripts']

/** Where tests are looked for. */
const folders = [...rootFolders, 'packages/*/src', 'packages/*/test', 'apps/*/src', 'apps/*/test']

const root = path.dirname(import.meta.dirname)

/**
 * Every test file is in one of two suites, by its name. `quick` is what `npm test` runs, meant for four minutes on two idle cores.
 * `long` (`*.long.test.ts`) starts whole services, kills them, or simulates for many seconds. CI runs both.
 */
export function suite(name: 'quick' | 'long') {
  return {
    include: folders.map((folder) => `${folder}/**/${name === 'long' ? '*.long.test.ts' : '*.test.ts'}`),
    exclude: name === 'long' ? [] : ['**/*.long.test.ts'],
    // Starts nothing by itself: the database server is for the test files that ask for it.
    globalSetup: [path.join(root, 'packages/testing/src/database/global-setup.ts')],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  } satisfies ViteUserConfig['test']
}
