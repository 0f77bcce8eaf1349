/**
 * Environment steps per second of a uniform random policy, on one core: `node benchmarks/environments/random-steps.ts`.
 * A step counts once its whole observation lies in the buffer that PPO reads; drawing fresh levels is inside the time.
 */
import { cpus } from 'node:os'
import { createNaiveCollector } from './naive-rollout.ts'
import { createCollector, setting, type Collector } from './rollout.ts'

const contestants: readonly { readonly name: string; readonly bytes: number; readonly collect: Collector }[] = [
  { name: 'corner 13×13', bytes: 15 * 15 * 3, collect: createCollector('corner') },
  { name: 'corner 13×13, naive', bytes: 15 * 15 * 3, collect: createNaiveCollector(13) },
  { name: 'corner 5×5', bytes: 7 * 7 * 3, collect: createCollector('corner', { size: 5, maxSteps: 32 }) },
  { name: 'dish 13×13, D = 6', bytes: 15 * 15 * 9, collect: createCollector('dish') },
  { name: 'dish 13×13, D = 1', bytes: 15 * 15 * 4, collect: createCollector('dish', { dishes: 1 }) },
]

const rounds = 5
const secondsPerRound = 0.5

type Speed = { readonly perSecond: number; readonly perCpuSecond: number }

/** Rounds take turns, so that whatever else the machine does falls on all alike. Gives speeds by contestant and round. */
function race(): Speed[][] {
  for (const { collect } of contestants) measure(collect)
  const speeds: Speed[][] = contestants.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, { collect }] of contestants.entries()) speeds[i].push(measure(collect))
  return speeds
}

/** On a busy machine the time on the clock says little: time on the processor, garbage collection included, says more. */
function measure(collect: Collector): Speed {
  const start = performance.now()
  const cpuStart = process.cpuUsage()
  let steps = 0
  let elapsed = 0
  while (elapsed < secondsPerRound) {
    steps += collect(1)
    elapsed = (performance.now() - start) / 1_000
  }
  const { user, system } = process.cpuUsage(cpuStart)
  return { perSecond: steps / elapsed, perCpuSecond: steps / ((user + system) / 1e6) }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const millions = (value: number) => (value / 1e6).toFixed(2)

const speeds = race()
const medianOf = (i: number, unit: keyof Speed) => median(speeds[i].map((speed) => speed[unit]))
console.log(`${cpus()[0].model}, Node ${process.version}, one core; medians of ${rounds} rounds`)
console.log(
  `batch ${setting.batch}, rollouts of ${setting.rolloutSteps} steps, α = ${setting.alpha}, level generation inside`,
)
console.table(
  Object.fromEntries(
    contestants.map(({ name, bytes }, i) => [
      name,
      {
        'M steps/s': millions(medianOf(i, 'perSecond')),
        'M steps/CPU s': millions(medianOf(i, 'perCpuSecond')),
        'best round': millions(Math.max(...speeds[i].map(({ perCpuSecond }) => perCpuSecond))),
        'bytes/observation': bytes,
        'GB/CPU s into the buffer': ((medianOf(i, 'perCpuSecond') * bytes) / 1e9).toFixed(2),
        'times the naive one': (medianOf(i, 'perCpuSecond') / medianOf(1, 'perCpuSecond')).toFixed(1),
      },
    ]),
  ),
)
