import type { RunEvidence } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { encodeCritic } from '../critic-values.ts'
import { createEvidenceFiles } from './evidence-files.ts'
import { criticParts } from './critic.ts'

type Given = Parameters<typeof criticParts>[0][number]
/** [place, value, episodes] */
type Place = readonly [number, number, number?]

function conditionOf(name: string, seeds: readonly (readonly Place[] | null)[]): Given {
  const artifacts = new Map<string, Uint8Array>()
  const runs = seeds.map((places, seed): RunEvidence => {
    const hash = `critic of ${name} ${seed}`
    const rows = (places ?? []).map(([place, value, episodes = 50]) => ({ place, value, episodes }))
    if (places !== null) artifacts.set(hash, encodeCritic(rows))
    const kept = { name: 'critic/wall', hash, bytes: 8, mediaType: 'application/json', evidence: true }
    const result = { measures: [], artifacts: places === null ? [] : [kept] }
    return { seed, state: 'succeeded', tasks: [{ key: 'evaluate@9', kind: 'evaluate', inputs: { step: 9 }, result }] }
  })
  const options = { environment: 'coinrun', suites: [{ name: 'iid' }, { name: 'wall' }] } as unknown as Given['options']
  return { evidence: { name, options: {}, marks: [], runs }, options, files: createEvidenceFiles(artifacts) }
}

const two = conditionOf('two', [
  [
    [-1, 0.5],
    [0, 0.75],
    [4, 0.25],
  ],
  [
    [-1, 1],
    [0, 0.25],
    [3, 99, 19],
    [4, 0.5],
  ],
])

test('shows the mean curve over seeds, and where each seed’s critic peaks', () => {
  const [curves, peaks] = criticParts([two])
  if (curves?.type !== 'series' || peaks?.type !== 'table') throw new Error('a series and a table were expected')
  expect(curves.x.title).toBe('cells beyond the end')
  // Place 3 is absent: it has too few episodes.
  expect(curves.lines.map(({ name, points }) => [name, points.map(({ x, y }) => [x, y.value])])).toEqual([
    [
      'two',
      [
        [-1, 0.75],
        [0, 0.5],
        [4, 0.375],
      ],
    ],
  ])
  const cells = peaks.rows[0]!.cells.map((cell) => ('text' in cell ? cell.text : cell.estimate.value))
  expect(cells).toEqual(['two', -0.5, 0.875, 0.375])
})

test('a seed whose critic was not kept does not count, and without any there is nothing', () => {
  const [curves] = criticParts([conditionOf('one', [null, [[2, 0.5]]])])
  expect(curves?.type === 'series' && curves.lines[0]!.points).toMatchObject([{ x: 2, y: { value: 0.5, count: 1 } }])
  expect(criticParts([conditionOf('none', [null])])).toEqual([])
})
