import { expect, test } from 'vitest'
import { changeSpec, locate, readSpec } from './spec-text.ts'

const text = `# why
name: first
seeds: 2
options:
  steps: 10 # few
`

test('a change keeps comments and everything else', () => {
  expect(changeSpec(text, ['options', 'steps'], 20)).toBe(text.replace('10', '20'))
  expect(readSpec(changeSpec(text, ['options', 'net', 'kind'], 'mlp')).value['options']).toEqual({
    steps: 10,
    net: { kind: 'mlp' },
  })
  expect(changeSpec(text, ['seeds'], undefined)).toBe(text.replace('seeds: 2\n', ''))
})

test('text that cannot be read is not changed, and its fault has a place', () => {
  const broken = 'a: [1\nb: 2'
  expect(changeSpec(broken, ['b'], 3)).toBe(broken)
  const { value, faults } = readSpec(broken)
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
