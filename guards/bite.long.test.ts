import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyRepository } from './copy-repository.ts'

/** Each guard of CI must find a fault in a copy of the repository and name it. */
let copy = ''

beforeAll(() => {
  copy = copyRepository()
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

type Planted = {
  readonly guard: string
  readonly file: string
  readonly change: (source: string) => string
  readonly says: RegExp
}

const planted: readonly Planted[] = [
  {
    guard: 'types',
    file: 'packages/random/src/planted.ts',
    change: () => 'export const planted: number = "text"\n',
    says: /planted\.ts.*TS2322/,
  },
  {
    guard: 'lint',
    file: 'packages/random/src/planted.ts',
    change: () => 'export async function planted(): Promise<void> {\n  Promise.resolve(1)\n}\n',
    says: /no-floating-promises/,
  },
  {
    guard: 'format:check',
    file: 'packages/random/src/planted.ts',
    change: () => 'export const   planted={a:1};\n',
    says: /planted\.ts/,
  },
  {
    guard: 'unused',
    file: 'packages/random/src/planted.ts',
    change: () => 'export const planted = 1\n',
    says: /planted\.ts/,
  },
  {
    guard: 'generated:check',
    file: 'apps/api/openapi.json',
    change: (source) => source.replace('"Goalpost"', '"Another"'),
    says: /openapi/i,
  },
  {
    guard: 'generated:check',
    file: 'prisma/schema.prisma',
    change: (source) => source.replace(/model (\w+) \{/, 'model $1 {\n  planted String?\n'),
    says: /prisma/i,
  },
  {
    guard: 'readme:check',
    file: 'docs/planted.md',
    change: () => '```sh\nnpx goalpost preview examples/no-such-spec.yaml\n```\n',
    says: /FAIL docs\/planted\.md/,
  },
]

test.each(planted)('$guard refuses a wrong $file', ({ guard, file, change, says }) => {
  const target = path.join(copy, file)
  const before = readOrNull(target)
  writeFileSync(target, change(before ?? ''))
  // The other documented commands take minutes.
  const only = guard === 'readme:check' ? ['--', file] : []
  try {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', guard, ...only], {
      cwd: copy,
      encoding: 'utf8',
    })
    expect(status).not.toBe(0)
    expect(stdout + stderr).toMatch(says)
  } finally {
    if (before === null) rmSync(target)
    else writeFileSync(target, before)
  }
})

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
