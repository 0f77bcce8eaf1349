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

test('a pointer is located at its value, or at the nearest that exists', () => {
  const marked = (pointer: string): string => {
    const { from, to } = locate(text, pointer)
    return text.slice(from, to)
  }
  expect(marked('/options/steps')).toBe('10')
  expect(marked('/options/steps/deeper')).toBe('10')
  expect(marked('/missing')).toBe('# why')
})

test('a pointer and its path stand for each other, with any names', () => {
  expect(pointerOf(['grid', 'a/b~c', 1])).toBe('/grid/a~1b~0c/1')
  expect(pathOf('/grid/a~1b~0c/1')).toEqual(['grid', 'a/b~c', '1'])
})
