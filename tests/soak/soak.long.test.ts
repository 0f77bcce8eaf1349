import { expect, test } from 'vitest'
import { soak } from './soak.ts'

/** A minute of what `benchmarks/soak/soak.ts` does for an hour; the last runs end in peace. */
test.each(['postgres', 'redis'] as const)(
  'all runs end with undisturbed hashes while random faults strike, with jobs in %s',
  { timeout: 900_000 },
  async (queue) => {
    const seed = Math.floor(Math.random() * 1_000_000)
    const soaked = await soak({ queue, runs: 1_000, limitMs: 20_000, openAtOnce: 1, pauseMs: 3_000, seed })
    const { submitted, ...ends } = soaked.runs
    expect({ seed, ...ends, brokenInvariants: soaked.brokenInvariants }).toEqual({
      seed,
      equal: submitted,
      different: 0,
      other: 0,
      brokenInvariants: [],
    })
    expect(Object.values(soaked.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2)
  },
)
