import { expect, test } from 'vitest'
import { referenceLines } from './reference-lines.ts'

const random = (condition: string, value: number) => ({ condition, reference: 'random', value })

test('conditions that share their levels share one line', () => {
  expect(referenceLines([random('alpha=0', 0.39), random('alpha=1', 0.39)])).toEqual([{ name: 'random', y: 0.39 }])
})

test('so do conditions that leave out only a few other levels: their lines would look the same', () => {
  const [line, ...others] = referenceLines([random('alpha=0', 0.3922), random('alpha=1', 0.3926)])
  expect(line?.name).toBe('random')
  expect(line?.y).toBeCloseTo(0.3924)
  expect(others).toEqual([])
})

test('a reference that differs by condition is drawn once for each, named after the condition', () => {
  expect(referenceLines([random('alpha=0', 0.257), random('alpha=0.1', 0.275), random('alpha=1', 0.392)])).toEqual([
    { name: 'random, alpha=0', y: 0.257, group: 'alpha=0' },
    { name: 'random, alpha=0.1', y: 0.275, group: 'alpha=0.1' },
    { name: 'random, alpha=1', y: 0.392, group: 'alpha=1' },
  ])
})

test('if some conditions share a value, their line names them all', () => {
  const names = referenceLines([random('a', 1), random('b', 1), random('c', 2)]).map(({ name }) => name)
  expect(names).toEqual(['random, a and b', 'random, c'])
})

test('no reference hides the curves behind a line for each of many conditions', () => {
  expect(referenceLines([1, 2, 3, 4, 5].map((value) => random(`c${value}`, value)))).toEqual([])
})
