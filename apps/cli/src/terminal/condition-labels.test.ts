import { expect, test } from 'vitest'
import { conditionLabels } from './condition-labels.ts'
import { displayWidth } from './text.ts'

const grid = [0, 0.5].flatMap((alpha) =>
  [0.01, 0.05].flatMap((entropy) =>
    ['100', 'fresh'].map((levels) => `alpha=${alpha},entropyCoefficient=${entropy},levels=${levels}`),
  ),
)

/** The width left for a name beside the bar and the phase. */
const nameWidths = { 60: 18, 80: 28, 120: 48 }

test.each([
  [60, '0, 0.01, 100', ['alpha, entropyCoefficient, levels']],
  [80, 'a…a=0,e…t=0.01,l…s=100', []],
  [120, 'alpha=0,entropyCoefficient=0.01,levels=100', []],
] as const)(
  'the conditions of a grid of three parameters are distinct at %i columns, with whole values',
  (columns, first, named) => {
    const { labels, key } = conditionLabels(grid, { width: nameWidths[columns], ellipsis: '…' })
    expect(labels[0]).toBe(first)
    expect(key).toEqual(named)
    expect(new Set(labels).size).toBe(8)
  },
)

test.each(Object.entries(nameWidths))('no label at %s columns is wider than its %i columns', (_columns, width) => {
  for (const ellipsis of ['…', '...']) {
    const { labels } = conditionLabels(grid, { width, ellipsis })
    expect(new Set(labels).size).toBe(8)
    expect(labels.filter((label) => displayWidth(label) > width)).toEqual([])
  }
})

test('shared settings are left out and shown once', () => {
  const names = grid.map((name) => `${name},environment=somewhere`)
  const { labels, common } = conditionLabels(names, { width: 46, ellipsis: '…' })
  expect(labels).toEqual(grid)
  expect(common).toBe('environment=somewhere')
})

test('conditions without other distinct labels are numbered, and a key names them', () => {
  const names = ['first', 'second'].map((word) => `${'x'.repeat(30)}${word}${'y'.repeat(30)}`)
  const { labels, key } = conditionLabels([...names, ...names], { width: 10, ellipsis: '…' })
  expect(labels).toEqual(['1', '2', '1', '2'])
  expect(key).toEqual([`1 = ${names[0]}`, `2 = ${names[1]}`])
})

test('names that fit do not change, nor does a single condition', () => {
  expect(conditionLabels(['a=1,b=2', 'a=1,b=3'], { width: 10, ellipsis: '…' }).labels).toEqual(['a=1,b=2', 'a=1,b=3'])
  const single = 'learningRate=0.1,levels=100'
  expect(conditionLabels([single, single], { width: 27, ellipsis: '…' }).labels).toEqual([single, single])
  expect(conditionLabels([single], { width: 20, ellipsis: '…' })).toEqual({
    labels: ['le…te=0.1,le…ls=100'],
    common: '',
    key: [],
  })
})
