import path from 'node:path'
import type { ViteUserConfig } from 'vitest/config'

/** Folders with tests outside packages. */
export const rootFolders = ['guards', 'tests', 'scripts']

/** The patterns of test files. */
const folders = [...rootFolders, 'packages/*/src', 'packages/*/test', 'apps/*/src', 'apps/*/test']

/**
 * Packages whose quick tests share their workers: they leave nothing behind in a process. That saves the start of a
 * worker and all imports for each file.
 */
export const sharedWorkers = [
  'apps/api',
  'apps/cli',
  'apps/worker',
  'packages/environments',
  'packages/evaluation',
  'packages/experiments',
  'packages/language-tasks',
  'packages/learning',
  'packages/protocols',
  'packages/queue',
  'packages/report-view',
  'packages/statistics',
  'packages/store',
  'packages/validation',
]

const root = path.dirname(import.meta.dirname)

/**
 * Every test file is in one of two suites, by name. `npm test` runs `quick`, meant for four minutes on two idle cores.
 * `long` (`*.long.test.ts`) starts and kills whole services, or simulates for many seconds. CI runs both.
 */
export function suite(name: 'quick' | 'long') {
  return {
    include: folders.map((folder) => `${folder}/**/${name === 'long' ? '*.long.test.ts' : '*.test.ts'}`),
    exclude: name === 'long' ? [] : ['**/*.long.test.ts'],
    // Starts nothing: test files that need the database server start it.
    globalSetup: [path.join(root, 'packages/testing/src/database/global-setup.ts')],
    // A busy machine is five times slower than an idle one.
    testTimeout: name === 'long' ? 300_000 : 60_000,
    hookTimeout: name === 'long' ? 300_000 : 120_000,
    // Whole services on a busy machine: CI tries once more, and names what needed it (scripts/count-tests.ts).
    retry: name === 'long' && process.env['CI'] !== undefined ? 1 : 0,
    maxWorkers: 2,
    // Of ONNX Runtime, which some tests load by themselves. Goalpost itself sets it, too.
    env: { ORT_DISABLE_TELEMETRY: '1' },
  } satisfies ViteUserConfig['test']
}
