import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { defineConfig, type OxlintConfig } from 'oxlint'
import { boundaries, executorFiles, executorsMay, owners, type Boundary } from './guards/boundaries.ts'

type Pattern = { regex: string; message: string; allowTypeImports?: boolean }

const folders = ['packages', 'apps'].flatMap((root) => readdirSync(root).map((name) => `${root}/${name}`))

/** Every entry that somebody could import: `contracts`, `engine`, `engine/builds`, … */
const entries = folders.flatMap((folder) => {
  const { name, exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    name: string
    exports?: object
  }
  return Object.keys(exports ?? { '.': '' }).map((entry) => name.replace('@goalpost/', '') + entry.slice(1))
})

const nodeModules = builtinModules.filter((name) => !name.startsWith('_'))
const impureModules = nodeModules.filter((name) => name !== 'crypto')

function importPatterns({
  folder,
  may,
  mayImportTypesOf = [],
  pure = false,
  browserSafe = false,
}: Boundary): Pattern[] {
  const own = folder.slice(folder.indexOf('/') + 1)
  const forbidden = entries.filter(
    (entry) => !may.includes(entry) && !mayImportTypesOf.includes(entry) && entry !== own,
  )
  const others = folders.map((other) => other.slice(other.indexOf('/') + 1)).filter((other) => other !== own)
  return [
    {
      regex: `^@goalpost/(${forbidden.join('|')})$`,
      message: `${folder} may import of ours only: ${may.join(', ') || 'nothing'}. See guards/boundaries.ts.`,
    },
    {
      regex: `^(\\.\\./)+(packages/|apps/|(${others.join('|')})/src/)`,
      message: 'Import another package by its name.',
    },
    ...mayImportTypesOf.map((name) => ({
      regex: `^@goalpost/${name}$`,
      allowTypeImports: true,
      message: `${folder} may import only types of ${name}.`,
    })),
    ...owners
      .filter((owner) => !owner.folders.includes(folder))
      .map((owner) => ({ regex: `^${owner.packages}`, message: `Only ${owner.folders.join(', ')} may import this.` })),
    ...(pure
      ? [{ regex: `^(node:)?(${impureModules.join('|')})$`, message: `${folder} is pure: it does no I/O.` }]
      : []),
    ...(browserSafe ? [{ regex: `^(node:)?(${nodeModules.join('|')})$`, message: `${folder} runs in browsers.` }] : []),
  ]
}

type Rules = NonNullable<NonNullable<OxlintConfig['overrides']>[number]['rules']>

const impureGlobals = ['process', 'performance', 'setTimeout', 'setInterval', 'fetch', 'console']

const impureProperties = [
  { object: 'Math', property: 'random', message: 'Take a stream of @goalpost/random.' },
  { object: 'Date', property: 'now', message: 'Time is an argument in pure packages.' },
]

function boundaryRules(boundary: Boundary): Rules {
  return {
    'no-restricted-imports': ['error', { patterns: importPatterns(boundary) }],
    ...(boundary.pure
      ? {
          'no-restricted-globals': ['error', ...impureGlobals],
          'no-restricted-properties': ['error', ...impureProperties],
        }
      : {}),
  }
}

const sources = (folder: string) => [`${folder}/src/**/*.{ts,tsx}`]
const tests = ['**/*.test.ts', '**/test/**/*.ts', 'packages/*/src/**/testing/**/*.ts']

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'node', 'promise'],
  options: { typeAware: true },
  categories: { correctness: 'error' },
  ignorePatterns: ['**/generated/**', 'node_modules', 'dist', 'coverage'],
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'node/no-process-env': 'error',
    'no-console': 'error',
    'prefer-const': 'error',
    eqeqeq: 'error',
    // Published coefficients are quoted with the digits of their source.
    'no-loss-of-precision': 'off',
    'unicorn/no-new-array': 'off',
    // No classes here, so no method depends on `this`.
    'typescript/unbound-method': 'off',
  },
  overrides: [
    ...boundaries.map((boundary) => ({
      files: sources(boundary.folder),
      rules: boundaryRules(boundary),
    })),
    {
      files: executorFiles,
      rules: boundaryRules({ folder: 'packages/protocols', may: executorsMay, pure: true }),
    },
    { files: ['apps/*/src/main.ts', 'apps/*/src/**/main.ts'], rules: { 'node/no-process-env': 'off' } },
    { files: ['**/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      files: [...tests, 'tests/**/*.ts', 'guards/**/*.ts'],
      rules: {
        'typescript/no-non-null-assertion': 'off',
        'node/no-process-env': 'off',
        'no-restricted-imports': 'off',
        'no-restricted-globals': 'off',
        'no-restricted-properties': 'off',
      },
    },
    // Escape sequences are what a terminal understands.
    { files: ['apps/cli/src/**/*.ts'], rules: { 'no-control-regex': 'off' } },
    { files: ['packages/testing/src/**/*.ts'], rules: { 'typescript/no-non-null-assertion': 'off' } },
    {
      files: ['benchmarks/**/*.ts', 'scripts/**/*.ts', 'scripts/**/*.mjs'],
      rules: { 'no-console': 'off', 'node/no-process-env': 'off' },
    },
  ],
})
