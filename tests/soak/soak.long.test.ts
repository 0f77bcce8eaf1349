import { expect, test } from 'vitest'
import { soak } from './soak.ts'

/**
 * 20 seconds of what `benchmarks/soak/soak.ts` does for an hour; the last runs end in peace. With these seeds, the first
 * fault strikes after two seconds: the database is gone; Redis loses its data.
 */
test.each([
  ['postgres', 9],
  ['redis', 9],
] as const)(
  'all runs end with undisturbed hashes while random faults strike, with jobs in %s (seed %d)',
  { timeout: 900_000 },
  async (queue, seed) => {
    const soaked = await soak({ queue, runs: 1_000, limitMs: 20_000, openAtOnce: 1, pauseMs: 3_000, seed })
    const { submitted, ...ends } = soaked.runs
    expect({ ...ends, brokenInvariants: soaked.brokenInvariants }).toEqual({
      equal: submitted,
      different: 0,
      other: 0,
      brokenInvariants: [],
    })
    expect(Object.values(soaked.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0)
  },
)
