/**
 * Environment steps per second of a uniform random policy, on one core: `node benchmarks/environments/random-steps.ts`.
 * A step counts once its whole observation lies in the buffer that PPO reads; drawing fresh levels is inside the time.
 */
import { cpus } from 'node:os'
import { environments } from '@goalpost/environments'
import { createNaiveCollector } from './naive-rollout.ts'
import { createCollector, setting, type Collector } from './rollout.ts'

type Contestant = { readonly name: string; readonly bytes: number; readonly collect: Collector }

const contestants: readonly Contestant[] = [
  contestant('corner', 'corner 13×13'),
  { name: 'corner 13×13, naive', bytes: 15 * 15 * 3, collect: createNaiveCollector(13) },
  contestant('corner', 'corner 5×5', { size: 5, maxSteps: 32 }),
  contestant('dish', 'dish 13×13, D = 6'),
  contestant('dish', 'dish 13×13, D = 1', { dishes: 1 }),
  ...[...environments.keys()]
    .filter((name) => !['corner', 'dish'].includes(name))
    .map((name) => contestant(name, name)),
]

/** Million steps per second on a laptop, as published by jaxgmg; with how many channels of the dish is not known. */
const jaxgmgLaptop: Readonly<Record<string, number>> = {
  'corner 13×13': 3.2,
  'dish 13×13, D = 6': 6.9,
  keys: 1.8,
  'follow-me': 2.1,
  'lava-land': 7.3,
  'monster-world': 0.6,
}

function contestant(name: string, title: string, parameters: unknown = {}): Contestant {
  const environment = environments.get(name)
  if (environment === undefined) throw new Error(`there is no environment called ${name}`)
  const { shape } = environment.observation(environment.parameters.parse(parameters))
  return { name: title, bytes: shape[0] * shape[1] * shape[2], collect: createCollector(name, parameters) }
}

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
        'jaxgmg, laptop': jaxgmgLaptop[name] ?? '',
        'times the naive one': (medianOf(i, 'perCpuSecond') / medianOf(1, 'perCpuSecond')).toFixed(1),
      },
    ]),
  ),
)
