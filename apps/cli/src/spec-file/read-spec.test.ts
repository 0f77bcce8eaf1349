import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GoalpostError } from '@goalpost/contracts'
import { describeFailure } from '../failure.ts'
import { createTerminal } from '../terminal/terminal.ts'
import { locatePointer } from './locate-pointer.ts'
import { readSpec } from './read-spec.ts'

let folder = ''
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'goalpost-spec-'))))
afterAll(() => rm(folder, { recursive: true }))

const terminal = createTerminal({ columns: 100, unicode: true, colour: false })

async function refusal(name: string, text: string | Uint8Array) {
  const path = join(folder, name)
  await writeFile(path, text)
  const error: unknown = await readSpec(path).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(GoalpostError)
  const { lines, exit } = describeFailure(terminal, error)
  return { text: lines.join('\n').replaceAll(folder, ''), exit }
}

const good = 'apiVersion: goalpost/v1\nprotocol: some\nname: one\n'

test('YAML and JSON give the same spec', async () => {
  await writeFile(join(folder, 'a.yaml'), `${good}seeds: 3\n`)
  await writeFile(
    join(folder, 'a.json'),
    '{"apiVersion": "goalpost/v1", "protocol": "some", "name": "one", "seeds": 3}',
  )
  const [yaml, json] = await Promise.all(['a.yaml', 'a.json'].map((name) => readSpec(join(folder, name))))
  expect(yaml?.spec).toEqual({ apiVersion: 'goalpost/v1', protocol: 'some', name: 'one', seeds: 3 })
  expect(json?.spec).toEqual(yaml?.spec)
})

test('malformed YAML is reported with its line', async () => {
  const { text, exit } = await refusal('bad.yaml', `${good}options: {a: 1\n`)
  expect(text).toMatch(/^goalpost: \/bad\.yaml: YAML, line \d+, column \d+: /)
  expect(exit).toBe(2)
})

test('malformed JSON is reported with its line', async () => {
  const { text, exit } = await refusal('bad.json', '{\n  "name": "one",,\n}')
  expect(text).toMatch(/^goalpost: \/bad\.json: JSON, line 2, column \d+: /)
  expect(exit).toBe(2)
})

test('an unknown field is reported with its place in the file and a suggestion', async () => {
  const { text, exit } = await refusal('typo.yaml', `${good}\n# how many\nsedes: 3\n`)
  expect(text).toContain('/sedes (line 6, column 1): unknown field `sedes`')
  expect(text).toContain('→ Did you mean `seeds`?')
  expect(exit).toBe(2)
})

test('a number out of range deep in a list is reported at its line', async () => {
  const { text } = await refusal('range.yaml', `${good}resources:\n  threads: 0\nseeds:\n  - 1\n  - -4\n`)
  expect(text).toContain('/resources/threads (line 5, column 3)')
  expect(text).toContain('/seeds/1 (line 8, column 5)')
})

test('a number that is not finite is refused before anything is sent', async () => {
  const { text } = await refusal('nan.yaml', `${good}options:\n  rate: .nan\n`)
  expect(text).toContain('/options/rate (line 5, column 3): must be a finite number')
})

test('a missing field points to an existing place', async () => {
  const { text } = await refusal('missing.yaml', 'apiVersion: goalpost/v1\nname: one\n')
  expect(text).toMatch(/\/protocol: is missing/)
})

test('a file that is missing, a folder, empty, binary or too large has one clear line each', async () => {
  const missing: unknown = await readSpec(join(folder, 'none.yaml')).catch((error: unknown) => error)
  expect(describeFailure(terminal, missing)).toMatchObject({
    exit: 3,
    lines: [expect.stringContaining('there is no such file')],
  })
  const isFolder: unknown = await readSpec(folder).catch((error: unknown) => error)
  expect(describeFailure(terminal, isFolder)).toMatchObject({
    exit: 2,
    lines: [expect.stringContaining('it is a folder')],
  })
  expect((await refusal('empty.yaml', '')).text).toContain('The spec is empty')
  expect((await refusal('binary.yaml', new Uint8Array([0xff, 0xfe, 0x00]))).text).toContain('not UTF-8')
  expect((await refusal('large.yaml', `${good}description: ${'x'.repeat(1_100_000)}\n`)).text).toContain(
    'more than 1,048,576 bytes',
  )
})

test('a pointer to a missing value leads to the nearest value around it', () => {
  const text = 'a:\n  b:\n    - c: 1\n'
  expect(locatePointer(text, '/a/b/0/d')).toEqual({ line: 3, column: 7 })
  expect(locatePointer(text, '/a/x')).toEqual({ line: 1, column: 1 })
  expect(locatePointer(text, '')).toBeNull()
  expect(locatePointer('{"a/b": {"c~d": 2}}', '/a~1b/c~0d')).toEqual({ line: 1, column: 10 })
})
