import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { packColumns, weighPacked } from './packed-columns.ts'
import { column, columnCount, type PolicyColumns } from './policy-columns.ts'
import { weighPolicy } from './policy-means.ts'
import { createResampler, evenWeights, type Replicate } from './resampled-weights.ts'

const levels = 40
const episodes = 3
const contested = new Uint8Array(levels).fill(1)

/** Columns whose cells are made one after another. */
function columnsOf(valueOf: (at: number, uniform: () => number) => number, judged = false): PolicyColumns {
  const random = createStream(1).at(0)
  const values = Float64Array.from({ length: levels * episodes * columnCount }, (_, index) =>
    valueOf(index % columnCount, () => random.uniform()),
  )
  return { levels, episodes, values, judged }
}

const floats = new Set<number>([column.trueReturn, column.proxyReturn, column.reach])

/** Returns and ratios, flags, and lengths up to `longest`. */
const typical = (longest: number) =>
  columnsOf((at, uniform) => {
    if (floats.has(at)) return Math.fround(uniform())
    if (at === column.length) return Math.floor(uniform() * longest) + 1
    if (at === column.pull || at === column.pullOf) return 0
    return uniform() < 0.5 ? 1 : 0
  })

const replicates = (): Replicate[] => [
  evenWeights(contested),
  ...[1, 2, 3].map((seed) => createResampler(contested).draw(createStream(seed).at(0))),
]

test.each([
  ['returns, flags and lengths', typical(500), 5],
  ['lengths that leave room for nothing else', typical(2 ** 44), 6],
  ['counts beyond what is exact in one number', typical(2 ** 52), 6],
  [
    'an episode whose first steps are unknown',
    columnsOf((at, uniform) => (at === 5 ? Number.NaN : uniform() < 0.5 ? 1 : 0)),
    3,
  ],
  ['nothing but zeros', columnsOf(() => 0), 0],
  ['goals that are read from counts', columnsOf((_, uniform) => Math.floor(uniform() * 9), true), 3],
] as const)('packed columns have the sums of the columns, to the last bit: %s', (_name, columns, most) => {
  const packed = packColumns(columns)
  expect(1 + Math.max(-1, ...(packed.packed?.fields ?? []).map(({ slot }) => slot))).toBeLessThanOrEqual(most)
  expect(packed.packed).not.toBeNull()
  for (const replicate of replicates()) {
    const weights = replicate.weights(episodes)
    expect(weighPacked(packed, weights)).toEqual(weighPolicy(columns, weights))
  }
})

test('columns that need too many numbers are summed as they are', () => {
  const columns = columnsOf((_, uniform) => uniform())
  const packed = packColumns(columns)
  expect(packed.packed).toBeNull()
  for (const replicate of replicates()) {
    const weights = replicate.weights(episodes)
    expect(weighPacked(packed, weights)).toEqual(weighPolicy(columns, weights))
  }
})
