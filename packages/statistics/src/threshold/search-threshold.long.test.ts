import { expect, test } from 'vitest'
import { describeWorld, simulateSearch, worlds } from '../../test/threshold-worlds.ts'

/** Those of docs/searches.md in which searches are short. */
const quick = worlds.filter(({ noise, search }) => typeof noise === 'number' && (noise <= 0.1 || search?.budget === 12))

test.each(quick.map((world) => [describeWorld(world), world] as const))(
  'the interval contains the threshold: %s',
  { timeout: 60_000 },
  (_, world) => {
    const { coverage } = simulateSearch(world, 250)
    expect(coverage).toBeGreaterThan(0.935 - 3 * Math.sqrt((0.935 * 0.065) / 250))
  },
)
