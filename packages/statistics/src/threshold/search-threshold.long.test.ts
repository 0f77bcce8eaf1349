import { expect, test } from 'vitest'
import { describeWorld, simulateSearch, worlds } from '../../test/threshold-worlds.ts'

/** docs/searches.md has the figures. Five seeds that all reach 0, or all 1, have no spread: an exception. */
test.each(worlds.map((world) => [describeWorld(world), world] as const))(
  'the interval contains the threshold: %s',
  { timeout: 120_000 },
  (_, world) => {
    const { coverage } = simulateSearch(world, 300)
    const nominal = world.noise === 'all-or-nothing' && world.seeds < 10 ? 0.89 : 0.935
    expect(coverage).toBeGreaterThan(nominal - 3 * Math.sqrt((nominal * (1 - nominal)) / 300))
  },
)
