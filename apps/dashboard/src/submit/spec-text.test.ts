import { expect, test } from 'vitest'
import { locate, pathOf, pointerOf, readSpec } from './spec-text.ts'

const text = `# why
name: first
seeds: 2
options:
  steps: 10 # few
`

test('text that cannot be read has a fault with a place', () => {
  const { value, faults } = readSpec('a: [1\nb: 2')
  expect(value).toEqual({})
  expect(faults[0]?.from).toBeGreaterThan(0)
})

test('a reference that cannot be followed is a fault at its place', () => {
  for (const [given, place] of [
    ['a: *x', '*x'],
    ['a: &x [ *x ]', '*x'],
  ] as const) {
    const { value, faults } = readSpec(given)
    expect(value).toEqual({})
    expect(faults.map(({ from, to }) => given.slice(from, to))).toEqual([place])
  }
  const tenfold = (of: string, name: string) => `${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`
  const many = ['a: &a [1]', tenfold('a', 'b'), tenfold('b', 'c'), tenfold('c', 'd')].join('\n')
  expect(readSpec(many).faults).toHaveLength(1)
})

test('a pointer is located at its value, or at the nearest that exists', () => {
  const marked = (pointer: string): string => {
    const { from, to } = locate(text, pointer)
    return text.slice(from, to)
  }
  expect(marked('/options/steps')).toBe('10')
  expect(marked('/options/steps/deeper')).toBe('10')
  expect(marked('/missing')).toBe('# why')
  expect(locate('labels: { 2024: x }', '/labels/2024')).toEqual({ from: 16, to: 17 })
  expect(locate('labels: { "2024": x }', '/labels/2024')).toEqual({ from: 18, to: 19 })
})

test('a pointer and its path stand for each other, with any names', () => {
  expect(pointerOf(['grid', 'a/b~c', 1])).toBe('/grid/a~1b~0c/1')
  expect(pathOf('/grid/a~1b~0c/1')).toEqual(['grid', 'a/b~c', '1'])
})
