import { describe, expect, test } from 'vitest'
import { parseDocument } from './document.ts'
import { GoalpostError } from './errors.ts'

function faultOf(text: string, format: 'json' | 'yaml'): string {
  try {
    parseDocument(text, format)
    return 'none'
  } catch (error) {
    expect(error).toBeInstanceOf(GoalpostError)
    return (error as GoalpostError).message
  }
}

describe('what cannot be parsed names line and column', () => {
  test.each([
    ['json', '{\n  "a": 1,\n  "b": }', /^JSON, line 3, column 8: /],
    ['json', '{"a": 1', /^JSON, line 1, column 8: /],
    ['json', '', /^JSON, line 1, column 1: /],
    ['json', "{'a': 1}", /^JSON, line 1, column 2: /],
    ['yaml', 'a: 1\nb: [1, 2\nc: 3\n', /^YAML, line 3, column 1: /],
    ['yaml', 'a: 1\na: 2\n', /^YAML, line 2, column 1: .*unique/],
    ['yaml', 'a: *nowhere\n', /^YAML, line 1, column \d+: .*alias/i],
    ['yaml', 'a:\n\tb: 1\n', /^YAML, line 2, column 1: .*tab/i],
    ['yaml', 'a: 1\n---\nb: 1\n', /^YAML, line 2, column 1: A second document begins here; one file holds one$/],
  ] as const)('%s %j', (format, text, message) => expect(faultOf(text, format)).toMatch(message))
})

test('a YAML document and its JSON twin give equal values', () => {
  const yaml = parseDocument('name: a\nseeds: [1, 2]\noptions: { alpha: .5, on: true }\n', 'yaml')
  expect(yaml).toEqual(parseDocument('{"name":"a","seeds":[1,2],"options":{"alpha":0.5,"on":true}}', 'json'))
})

test('numbers that JSON does not know stay what they are, so that the schema can refuse them by name', () => {
  expect(parseDocument('a: .nan\nb: .inf\n', 'yaml')).toEqual({ a: Number.NaN, b: Number.POSITIVE_INFINITY })
})

test('aliases that would grow without bounds are refused', () => {
  const layer = (name: string, below: string): string => `${name}: &${name} [${Array(9).fill(`*${below}`).join(',')}]\n`
  const layers = [layer('b', 'a'), layer('c', 'b'), layer('d', 'c'), layer('e', 'd'), layer('f', 'e')]
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${layers.join('')}`
  expect(faultOf(bomb, 'yaml')).toMatch(/alias/i)
})

test.each(['json', 'yaml'] as const)('%s that is nested too deeply to be looked at is refused', (format) => {
  expect(faultOf(`${'['.repeat(20_000)}${']'.repeat(20_000)}`, format)).toMatch(/[Nn]ested/)
})

test('field names that reach into prototypes are refused wherever they are', () => {
  expect(faultOf('{"options": [{"__proto__": {"polluted": true}}]}', 'json')).toMatch(/__proto__/)
  expect(faultOf('options:\n  - __proto__: { polluted: true }\n', 'yaml')).toMatch(/__proto__/)
})
