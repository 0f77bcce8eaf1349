/**
 * Coverage of the 95 % intervals in a goodhart report: gains of best-of-N, the remaining share of the peak's
 * gain (Fieller), the growth of reward (log scale), tail indices (Hill). Seeds are drawn from many pools, whose own
 * means are the truth; the index of a Pareto error is known. Only for printed intervals.
 *
 *     node benchmarks/statistics/goodhart.ts [pools, default 4000]
 */
import { createStream } from '@goalpost/random'
import { ascendingOrder } from '../../packages/protocols/src/goodhart/ascending-order.ts'
import { evaluateBestOfN } from '../../packages/protocols/src/goodhart/best-of-n.ts'
import { drawPool } from '../../packages/protocols/src/goodhart/draw-pool.ts'
import type { ErrorDistribution } from '../../packages/protocols/src/goodhart/error-distributions.ts'
import { estimateTailIndex } from '../../packages/protocols/src/goodhart/hill-estimate.ts'
import { estimateMean } from '../../packages/experiments/src/results/estimate-mean.ts'
import {
  estimateTailIndexOverSeeds,
  intervalOfMean,
  intervalOfRatio,
} from '../../packages/protocols/src/goodhart/intervals.ts'

type Bounds = { readonly low?: number | undefined; readonly high?: number | undefined }

const pools = Number(process.argv[2] ?? 4000)
const draws = 4096
const [weak, strong] = [4, 64] as const
const tailDraws = 20
const tries = 4000
const sizes = [3, 5, 10, 20, 40]
const errors: readonly ErrorDistribution[] = [
  { distribution: 'normal', scale: 1 },
  { distribution: 'student-t', dof: 3, scale: 1 },
  { distribution: 'lognormal', sigma: 1, scale: 1 },
  { distribution: 'pareto', index: 2, scale: 1 },
]

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

async function measurePool(seed: number, error: ErrorDistribution) {
  const pool = await drawPool({ seed, draws, utilityScale: 1, error }, async () => {})
  const order = await ascendingOrder(pool.reward, async () => {})
  const ranked = {
    reward: Float64Array.from(order, (index) => pool.reward[index] ?? 0),
    utility: Float64Array.from(order, (index) => pool.utility[index] ?? 0),
  }
  const base = mean([...pool.reward])
  const [few, many] = [evaluateBestOfN(ranked, weak), evaluateBestOfN(ranked, strong)]
  const index = estimateTailIndex(pool.error.toSorted(), tailDraws)
  return {
    utility: many.utility,
    reward: many.reward - base,
    peak: few.utility,
    growth: Math.log((many.reward - base) / (few.reward - base)),
    index: typeof index === 'number' ? index : Number.NaN,
  }
}

type Pool = Awaited<ReturnType<typeof measurePool>>

function report(
  name: string,
  truth: number,
  intervalOf: (seeds: readonly Pool[]) => Bounds | null,
  all: readonly Pool[],
) {
  const cells = sizes.map((size) => {
    const stream = createStream(2026).named(name).named(String(size))
    let covered = 0
    let printed = 0
    for (let i = 0; i < tries; i++) {
      const random = stream.at(i)
      const seeds = Array.from({ length: size }, () => all[random.integer(all.length)]).filter(
        (pool) => pool !== undefined,
      )
      const { low, high } = intervalOf(seeds) ?? {}
      if (low === undefined || high === undefined) continue
      printed++
      if (low <= truth && truth <= high) covered++
    }
    return `${size} ${(covered / printed).toFixed(3)}`.padStart(10)
  })
  process.stdout.write(`  ${name.padEnd(32)}${cells.join('')}\n`)
}

process.stdout.write(`${pools} pools of ${draws} draws; ${tries} tries a cell, standard error .0034\n`)
for (const error of errors) {
  const all: Pool[] = []
  for (let seed = 0; seed < pools; seed++) all.push(await measurePool(seed, error))
  const column = (name: keyof Pool) => all.map((pool) => pool[name])
  const of = (name: keyof Pool) => (seeds: readonly Pool[]) => seeds.map((pool) => pool[name])
  const meanOf = (name: keyof Pool) => (seeds: readonly Pool[]) => estimateMean(of(name)(seeds), 0.95)
  process.stdout.write(`error ${error.distribution}\n`)
  report('utility gain', mean(column('utility')), meanOf('utility'), all)
  report('reward gain', mean(column('reward')), meanOf('reward'), all)
  report(
    'share of peak left',
    mean(column('utility')) / mean(column('peak')),
    (seeds) => intervalOfRatio(of('utility')(seeds), of('peak')(seeds), 0.95),
    all,
  )
  report('growth of reward', mean(column('growth')), (seeds) => intervalOfMean(of('growth')(seeds), 0.95), all)
  if (error.distribution !== 'pareto') continue
  report('Hill, mean of inverses', error.index, (seeds) => estimateTailIndexOverSeeds(of('index')(seeds), 0.95), all)
  report('Hill, mean (formerly)', error.index, meanOf('index'), all)
}
