import { describe, expect, test } from 'vitest'
import { parseDocument } from './parse-document.ts'
import { GoalpostError } from '@goalpost/contracts'

function faultOf(text: string, format: 'json' | 'yaml'): string {
  try {
    parseDocument(text, format)
    return 'none'
  } catch (error) {
    expect(error).toBeInstanceOf(GoalpostError)
    return (error as GoalpostError).message
  }
}

describe('parse errors name line and column', () => {
  test.each([
    ['json', '{\n  "a": 1,\n  "b": }', /^JSON, line 3, column 8: /],
    ['json', '{"a": 1', /^JSON, line 1, column 8: /],
    ['json', '', /^JSON, line 1, column 1: /],
    ['json', "{'a': 1}", /^JSON, line 1, column 2: /],
    ['yaml', 'a: 1\nb: [1, 2\nc: 3\n', /^YAML, line 3, column 1: /],
    ['yaml', 'a: 1\na: 2\n', /^YAML, line 2, column 1: the field `a` appears twice$/],
    ['yaml', '1: a\n"1": b\n', /^YAML, line 2, column 1: the field `1` appears twice$/],
    ['json', '{"a": 1,\n "\\u0061": 2}', /^JSON, line 2, column 2: the field `a` appears twice$/],
    ['json', '{"b": {"a": 1}, "c": [{"a": 1, "a": 1}]}', /^JSON, line 1, column 32: .*`a`.*appears twice$/],
    ['yaml', 'a: &x [*x]\n', /^YAML, line 1, column 8: the alias \*x has no anchor/],
    ['yaml', 'a: 1\n? [b]\n: 2\n', /^YAML, line 2, column 3: a field name must be a plain string$/],
    ['yaml', 'a: !!int many\n', /^YAML, line 1, column 4: Unresolved tag/],
    ['yaml', '%TAGS x\n---\na: 1\n', /^YAML, line 1, column 1: Unknown directive/],
    ['yaml', '%YAML 1.1\n---\na: yes\n', /^YAML, line 1, column 1: only YAML 1.2 is supported/],
    ['yaml', 'a: *nowhere\n', /^YAML, line 1, column \d+: .*alias/i],
    ['yaml', 'a:\n\tb: 1\n', /^YAML, line 2, column 1: .*tab/i],
    ['yaml', 'a: 1\n---\nb: 1\n', /^YAML, line 2, column 1: A second document begins here; only one is allowed$/],
  ] as const)('%s %j', (format, text, message) => expect(faultOf(text, format)).toMatch(message))
})

test('a YAML document and its JSON twin give equal values', () => {
  const yaml = parseDocument('name: a\nseeds: [1, 2]\noptions: { alpha: .5, on: true }\n', 'yaml')
  expect(yaml).toEqual(parseDocument('{"name":"a","seeds":[1,2],"options":{"alpha":0.5,"on":true}}', 'json'))
})

test('numbers that JSON does not have are kept, so that the schema can refuse them by name', () => {
  expect(parseDocument('a: .nan\nb: .inf\n', 'yaml')).toEqual({ a: Number.NaN, b: Number.POSITIVE_INFINITY })
})

test('aliases that expand without bounds are refused', () => {
  const layer = (name: string, below: string): string => `${name}: &${name} [${Array(9).fill(`*${below}`).join(',')}]\n`
  const layers = [layer('b', 'a'), layer('c', 'b'), layer('d', 'c'), layer('e', 'd'), layer('f', 'e')]
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${layers.join('')}`
  expect(faultOf(bomb, 'yaml')).toMatch(/alias/i)
})

test('an alias refers to the last anchor before it', () => {
  const text = 'a: &x [1]\nb: *x\nc: &x 2\nd: [*x, *x]\n'
  expect(parseDocument(text, 'yaml')).toEqual({ a: [1], b: [1], c: 2, d: [2, 2] })
})

test.each([
  ['!!js/function "function () {}"', '!!js/function'],
  ['!!python/object:os.system {}', '!!python/object:os.system'],
  ['!!binary aGk=', '!!binary'],
  ['!!timestamp 2026-01-01', '!!timestamp'],
  ['!!set { a }', '!!set'],
  ['!own 1', '!own'],
])('a tag that is none of the core schema is refused: %s', (value, tag) => {
  for (const text of [`a:\n  b: ${value}\n`, `a:\n  - ${value}\n`]) {
    expect(faultOf(text, 'yaml')).toMatch(/^YAML, line 2, column \d+: the tag `/)
    expect(faultOf(text, 'yaml')).toContain(`\`${tag}\` is not supported`)
  }
})

test('the tags of the core schema set a value’s kind', () => {
  const text = 'a: !!str 1\nb: !!float 2.5\nc: !!map {}\nd: !!seq []\n!!str 5: !!int "7"\n'
  expect(parseDocument(text, 'yaml')).toEqual({ a: '1', b: 2.5, c: {}, d: [], 5: 7 })
})

describe('a document that would keep the parser busy for long is refused', () => {
  const names = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, i) => line(i))
  test.each<[string, 'json' | 'yaml', string, RegExp]>([
    ['too many names', 'yaml', names(90_000, (i) => `k${i}: 1`).join('\n'), /more lines and marks than 50,000 values/],
    ['too many values', 'yaml', `[${'1,'.repeat(60_000)}]`, /more than 50,000 values/],
    ['too many values', 'json', `[${'1,'.repeat(60_000)}1]`, /more than 50,000 values/],
    ['too many names', 'json', `{${names(60_000, (i) => `"k${i}":1`).join(',')}}`, /more than 50,000 values/],
    ['nothing but lines', 'yaml', '\n'.repeat(1_000_000), /more lines and marks/],
    ['dashes', 'yaml', '- '.repeat(500_000), /nested more than 64 levels/],
    ['questions', 'yaml', '? '.repeat(500_000), /nested more than 64 levels/],
    ['open brackets', 'json', '['.repeat(200_000), /nested more than 64 levels/],
    ['open brackets', 'yaml', '['.repeat(200_000), /nested more than 64 levels/],
    ['open objects', 'json', '{"a":'.repeat(200_000), /nested more than 64 levels/],
    ['faults', 'json', 'x '.repeat(500_000), /invalid symbol/],
  ])('%s (%s)', (_what, format, text, reason) => expect(faultOf(text, format)).toMatch(reason))

  test('49,000 names are read in linear time', () => {
    const text = names(49_000, (i) => `k${i}: 1`).join('\n')
    const started = performance.now()
    expect(Object.keys(parseDocument(text, 'yaml') as object)).toHaveLength(49_000)
    // The library's own check of unique names takes half a minute here.
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

test.each(['json', 'yaml'] as const)('%s that is nested too deeply is refused', (format) => {
  expect(faultOf(`${'['.repeat(20_000)}${']'.repeat(20_000)}`, format)).toMatch(/[Nn]ested/)
})

test('field names that reach into prototypes are refused everywhere', () => {
  expect(faultOf('{"options": [{"__proto__": {"polluted": true}}]}', 'json')).toMatch(/__proto__/)
  expect(faultOf('options:\n  - __proto__: { polluted: true }\n', 'yaml')).toMatch(/__proto__/)
})
