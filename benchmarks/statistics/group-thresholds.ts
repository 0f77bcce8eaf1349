/**
 * Prints the thresholds of packages/statistics/src/group-thresholds.ts: for each number of seeds the gap between
 * two groups, as a share of the range, that 2 % of normal samples exceed, and the share of squares within groups that 2
 * % fall below.
 *
 *     node benchmarks/statistics/group-thresholds.ts [samples, default 100000]
 */
import { createStream } from '@goalpost/random'
import { splitGroups } from '@goalpost/statistics'

const samples = Number(process.argv[2] ?? 100_000)
const alarm = 0.02

for (let seeds = 5; seeds <= 40; seeds++) {
  const stream = createStream(2026).named('groups').named(String(seeds))
  const gaps = new Float64Array(samples)
  const withins = new Float64Array(samples)
  for (let i = 0; i < samples; i++) {
    const random = stream.at(i)
    const splits = splitGroups(Array.from({ length: seeds }, () => random.normal()))
    gaps[i] = Math.max(...splits.map(({ gapShare }) => gapShare))
    withins[i] = Math.min(...splits.map(({ withinShare }) => withinShare))
  }
  const gap = gaps.sort()[Math.floor(samples * (1 - alarm))]
  const within = withins.sort()[Math.floor(samples * alarm)]
  process.stdout.write(`  [${gap?.toFixed(3)}, ${within?.toFixed(3)}], // ${seeds}\n`)
}
