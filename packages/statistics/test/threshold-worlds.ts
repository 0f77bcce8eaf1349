import { createStream, type Rng } from '@goalpost/random'
import { searchThreshold, type Probe, type Threshold, type ThresholdSearch } from '../src/index.ts'
import { thresholdInterval } from '../src/threshold/threshold-interval.ts'

/** A curve over the log of an option, and the runs that measure it. */
export type ThresholdWorld = {
  /** Over how many e-folds of the option the curve rises from .27 to .73. */
  readonly spread: number
  readonly noise: Noise
  readonly seeds: number
  readonly search?: Partial<ThresholdSearch>
  /** The share of a seed's noise that it has at every value. */
  readonly shared?: number
  /** By how many e-folds the threshold lies after the range; by default it is within. */
  readonly beyond?: number
}

/** `normal`, with this deviation; or every run ends at 0 or 1, with the curve as probability; or noise
 * of deviation .1 and skewness 1.75. */
export type Noise = number | 'all-or-nothing' | 'skewed'

export const usual: ThresholdSearch = {
  between: [0.001, 1],
  scale: 'log',
  integer: false,
  line: 0.5,
  direction: 'rising',
  width: 2,
  budget: 40,
  perRound: 1,
}

export const worlds: readonly ThresholdWorld[] = [
  { spread: 0.05, noise: 0.05, seeds: 5 },
  { spread: 0.2, noise: 0.05, seeds: 5 },
  { spread: 0.2, noise: 0.05, seeds: 5, search: { width: 1.2 } },
  { spread: 0.2, noise: 0.2, seeds: 5 },
  { spread: 1, noise: 0.05, seeds: 5 },
  { spread: 1, noise: 0.05, seeds: 3 },
  { spread: 1, noise: 0.05, seeds: 5, shared: 0.8 },
  { spread: 1, noise: 0.1, seeds: 5 },
  { spread: 1, noise: 0.1, seeds: 5, search: { perRound: 3 } },
  { spread: 1, noise: 0.1, seeds: 10 },
  { spread: 1, noise: 0.2, seeds: 5, search: { budget: 12 } },
  { spread: 2, noise: 0.2, seeds: 5, search: { budget: 12 } },
  { spread: 2, noise: 0.2, seeds: 5 },
  { spread: 3, noise: 0.3, seeds: 3 },
  { spread: 1, noise: 'skewed', seeds: 5 },
  { spread: 1, noise: 'skewed', seeds: 5, search: { width: 1.2 } },
  { spread: 0.5, noise: 'all-or-nothing', seeds: 5 },
  { spread: 0.5, noise: 'all-or-nothing', seeds: 10 },
]

export function describeWorld({ spread, noise, seeds, shared, beyond, search = {} }: ThresholdWorld): string {
  const rest = Object.entries(search).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  const parts = [`spread ${spread}`, `noise ${noise}`, `${seeds} seeds`, ...rest]
  if (shared !== undefined) parts.push(`${shared} shared`)
  if (beyond !== undefined) parts.push(`${beyond} e-folds beyond the range`)
  return parts.join(', ')
}

export type SimulatedSearch = {
  readonly coverage: number
  /** The geometric mean of high ÷ low where both are known. */
  readonly width: number
  /** Values tried on average. */
  readonly values: number
  /** The share of searches that ended because their interval was narrow. */
  readonly narrow: number
}

export function simulateSearch(world: ThresholdWorld, tries: number): SimulatedSearch {
  const search = { ...usual, ...world.search }
  const stream = createStream(2026).named('threshold').named(describeWorld(world))
  let covered = 0
  let logWidth = 0
  let bounded = 0
  let values = 0
  let narrow = 0
  for (let index = 0; index < tries; index++) {
    const random = stream.at(index)
    const { truth, measure } = drawCurve(world, random)
    const probes: Probe[] = []
    let found = searchThreshold(search, probes)
    while (found.step.type === 'probe') {
      for (const value of found.step.values) probes.push(measure(value))
      found = searchThreshold(search, probes)
    }
    const { low, high } = found.threshold
    if (contains(found.threshold, truth)) covered++
    if (low !== null && high !== null && low < high) {
      logWidth += Math.log(high / low)
      bounded++
    }
    values += probes.length
    if (found.step.reason === 'narrow') narrow++
  }
  return {
    coverage: covered / tries,
    width: Math.exp(logWidth / bounded),
    values: values / tries,
    narrow: narrow / tries,
  }
}

/**
 * The fewest values of an even grid whose interval is at most `width` wide in this share of tries; null beyond 400.
 */
export function simulateGrid(
  world: ThresholdWorld,
  { share, tries }: { readonly share: number; readonly tries: number },
): number | null {
  const stream = createStream(2026).named('grid').named(describeWorld(world))
  for (let count = 4; count <= 400; count = Math.ceil(count * 1.1)) {
    const search = { ...usual, ...world.search }
    let narrow = 0
    for (let index = 0; index < tries; index++) {
      const { measure } = drawCurve(world, stream.at(index))
      const points = evenly(search.between, count).map((value) => ({ ...measure(value), x: Math.log(value) }))
      // It is looked at once, so it needs no correction for the number of its points.
      const { low, high } = thresholdInterval(points, search.line, 0.95)
      if (low !== null && high !== null && low < high && high - low <= Math.log(search.width) + 1e-9) narrow++
    }
    if (narrow / tries >= share) return count
  }
  return null
}

function evenly([first, last]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, index) => first * (last / first) ** (index / (count - 1)))
}

/** One e-fold away from the ends at least, where the threshold is within. */
function drawCurve({ spread, noise, seeds, shared = 0, beyond }: ThresholdWorld, random: Rng) {
  const [first, last] = usual.between.map(Math.log)
  const within = first + 1 + (last - first - 2) * random.uniform()
  const truth = beyond === undefined ? within : last + beyond
  const own = Array.from({ length: seeds }, () => random.normal())
  const measure = (value: number): Probe => {
    const mean = 1 / (1 + Math.exp(-(Math.log(value) - truth) / (spread / 2)))
    const draw = (seed: number): number => {
      if (noise === 'all-or-nothing') return random.uniform() < mean ? 1 : 0
      // A lognormal with σ = .5 has mean 1.133 and deviation .604.
      if (noise === 'skewed') return mean + (0.1 * (Math.exp(0.5 * random.normal()) - 1.133)) / 0.604
      return mean + noise * (Math.sqrt(shared) * own[seed] + Math.sqrt(1 - shared) * random.normal())
    }
    return { value, seeds: new Map(own.map((_, seed) => [seed, draw(seed)])) }
  }
  return { truth: Math.exp(truth), measure }
}

function contains({ low, high }: Threshold, truth: number): boolean {
  return (low === null || low <= truth) && (high === null || truth <= high)
}
