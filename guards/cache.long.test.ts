import { execFileSync } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { copyRepository } from './copy-repository.ts'

/** A task runs exactly if turbo's cache has no result for its hash. */
type Hashes = ReadonlyMap<string, string>

const root = path.resolve(import.meta.dirname, '..')
let copy = ''
let before: Hashes

beforeAll(() => {
  copy = copyRepository()
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))
beforeEach(() => {
  before = hashes()
})

const tasks = ['quick', 'long', 'types', 'lint', 'format:check', 'unused', 'generated:check', 'readme:check']

function hashes(env: Readonly<Record<string, string>> = {}): Hashes {
  const output = execFileSync(path.join(root, 'node_modules/.bin/turbo'), ['run', ...tasks, '--dry=json'], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
    env: { PATH: process.env['PATH'], HOME: copy, TURBO_TELEMETRY_DISABLED: '1', ...env },
  })
  const plan = JSON.parse(output) as { readonly tasks: readonly { readonly taskId: string; readonly hash: string }[] }
  return new Map(
    plan.tasks.filter(({ taskId }) => !taskId.endsWith('#transit')).map(({ taskId, hash }) => [taskId, hash]),
  )
}

function rerun(after: Hashes): string[] {
  return [...after].filter(([task, hash]) => before.get(task) !== hash).map(([task]) => task)
}

/** Appending a line is enough, as nothing here is run. */
function touch(file: string): string[] {
  appendFileSync(path.join(copy, file), '\n')
  return rerun(hashes())
}

describe('the cache of turbo', () => {
  test('runs nothing if nothing was touched', () => {
    expect(before.size).toBeGreaterThan(40)
    expect(rerun(hashes())).toEqual([])
  })

  test('runs only the tests of a touched package and its dependents', () => {
    const again = touch('packages/evaluation/src/index.ts').filter((task) => task.endsWith('#quick'))
    const dependents = ['evaluation', 'protocols', 'api', 'worker', 'dashboard', 'embedded', 'cli'].map(
      (name) => `@goalpost/${name}#quick`,
    )
    expect(again.toSorted()).toEqual(['//#quick', ...dependents].toSorted())
  })

  test('runs the tests that start a touched package: the service is tested through its programs', () => {
    const again = touch('apps/worker/src/main.ts')
    for (const task of ['worker#quick', 'embedded#long', 'cli#long']) expect(again).toContain(`@goalpost/${task}`)
    expect(again).toContain('//#long')
    expect(again).not.toContain('@goalpost/api#quick')
  })

  test.each([
    'package-lock.json',
    'tsconfig.json',
    'vitest.config.ts',
    'guards/suites.ts',
    'scripts/run-suite.ts',
    'prisma/schema.prisma',
    'prisma/migrations/20261121000000_init/migration.sql',
    'examples/corner.yaml',
    'packages/testing/src/database/global-setup.ts',
  ])('runs everything again where %s was touched', (file) => {
    expect(touch(file).toSorted()).toEqual([...before.keys()].toSorted())
  })

  test.each(['README.md', 'docs/cli.md', 'guards/boundaries.ts', 'oxlint.config.ts', 'infra/Dockerfile.api'])(
    'runs every guard again if %s was touched',
    (file) => {
      const guards = [...before.keys()].filter((task) => task.startsWith('//#'))
      expect(guards).toHaveLength(8)
      expect(touch(file)).toEqual(expect.arrayContaining(guards))
    },
  )

  test.each(['GOALPOST_TEST_ENGINES', 'VK_DRIVER_FILES', 'GOALPOST_MACHINE'])(
    'runs everything again if %s changes',
    (name) => {
      expect(rerun(hashes({ [name]: 'another' })).toSorted()).toEqual([...before.keys()].toSorted())
    },
  )

  test('runs the drawings again if a picture or its script was touched', () => {
    expect(touch('scripts/draw-environments.ts')).toContain('@goalpost/environments#quick')
  })
})
