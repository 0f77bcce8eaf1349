import { expect, test } from 'vitest'
import { describeWorld, simulateSearch, worlds, type ThresholdWorld } from '../../test/threshold-worlds.ts'

type Covered = { readonly world: ThresholdWorld; readonly coverage: number; readonly tries: number }

/** Those of docs/searches.md in which searches are short. */
const quick = worlds.filter(({ noise, search }) => typeof noise === 'number' && (noise <= 0.1 || search?.budget === 12))

/** Those with the least coverage, as documented there. */
const tight: readonly Covered[] = [
  { world: { spread: 0.5, noise: 'all-or-nothing', seeds: 5 }, coverage: 0.923, tries: 250 },
  { world: { spread: 1, noise: 'skewed', seeds: 5, search: { width: 1.2 } }, coverage: 0.951, tries: 100 },
]

/** The curve is below the line in all of the range, by little at its end. */
const beyond: ThresholdWorld = { spread: 1, noise: 0.1, seeds: 5, beyond: 0.1 }

const cases: readonly Covered[] = [
  ...[...quick, beyond].map((world) => ({ world, coverage: 0.935, tries: 250 })),
  ...tight,
]

test.each(cases.map((one) => [describeWorld(one.world), one] as const))(
  'the interval contains the threshold: %s',
  { timeout: 60_000 },
  (_, { world, coverage, tries }) => {
    const error = Math.sqrt((coverage * (1 - coverage)) / tries)
    expect(simulateSearch(world, tries).coverage).toBeGreaterThan(coverage - 3 * error)
  },
)
