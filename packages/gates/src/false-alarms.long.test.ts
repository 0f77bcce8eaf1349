import { gateRule } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { measure, simulateRun, type Simulated } from '../test/simulate.ts'

const absolute = (atLeast: number) =>
  gateRule.parse({ kind: 'absolute', name: 'returns', condition: 'c', measure: 'true-return', atLeast })
const against = (margin: number) =>
  gateRule.parse({
    kind: 'baseline',
    name: 'as-before',
    condition: 'c',
    measure: 'true-return',
    against: { version: 1 },
    margin,
  })

const nights = 1_000
const share = (runs: readonly Simulated[], outcome: Simulated['outcome']) =>
  runs.filter((run) => run.outcome === outcome).length / runs.length
const meanUnits = (runs: readonly Simulated[]) => runs.reduce((sum, { units }) => sum + units, 0) / runs.length

/** The mean return of the simulated world without a drop is .815. */
const usual = 0.815

describe('1,000 nights without a change', () => {
  test('an absolute rule .05 below the usual return never fails, and passes', () => {
    const runs = Array.from({ length: nights }, (_, night) =>
      simulateRun(absolute(usual - 0.05), night + 1, (units) => ({
        kind: 'measure',
        measured: measure('absolute', night, units),
      })),
    )
    const summary = `absolute: passes ${share(runs, 'pass')}, ${meanUnits(runs).toFixed(0)} levels a night`
    expect(share(runs, 'fail'), summary).toBe(0)
    expect(share(runs, 'pass'), summary).toBeGreaterThan(0.95)
  })

  test('a paired comparison with a margin of .05 never fails, and passes', () => {
    const baseline = measure('baseline', 0, 4_096)
    const runs = Array.from({ length: nights }, (_, night) =>
      simulateRun(against(0.05), night + 1, (units) => ({
        kind: 'pairs',
        measured: measure('paired', night, units),
        baseline,
      })),
    )
    const summary = `paired: passes ${share(runs, 'pass')}, ${meanUnits(runs).toFixed(0)} levels a night`
    expect(share(runs, 'fail'), summary).toBe(0)
    expect(share(runs, 'pass'), summary).toBeGreaterThan(0.95)
  })
})

test('exactly on the line, the worst case, at most .05 of all gates ever fail', () => {
  // In 30 nights a gate spends 30/31 of its false alarms.
  const [gates, life] = [400, 30]
  const failed = Array.from({ length: gates }, (_, gate) =>
    Array.from({ length: life }, (_, night) => night).some(
      (night) =>
        simulateRun(
          against(0),
          night + 1,
          (units) => ({
            kind: 'pairs',
            measured: measure(`line ${gate}`, night, units),
            baseline: measure(`line ${gate} baseline`, night, units),
          }),
          256,
        ).outcome === 'fail',
    ),
  ).filter(Boolean).length
  const summary = `on the line: ${failed} of ${gates} gates failed`
  expect(failed / gates, summary).toBeLessThanOrEqual(0.05)
})

describe('a violation is found', () => {
  test.each([
    { drop: 0.5, night: 1, least: 1 },
    { drop: 0.2, night: 1, least: 0.99 },
    { drop: 0.2, night: 365, least: 0.99 },
    { drop: 0.1, night: 1, least: 0.99 },
    { drop: 0.1, night: 365, least: 0.95 },
  ])('returns $drop lost on average, on night $night, with a margin of .05', ({ drop, night, least }) => {
    const baseline = measure('baseline', 0, 4_096)
    const runs = Array.from({ length: 200 }, (_, index) =>
      simulateRun(against(0.05), night, (units) => ({
        kind: 'pairs',
        measured: measure(`drop ${drop}`, index, units, { drop: drop / usual }),
        baseline,
      })),
    )
    const summary = `a drop of ${drop} on night ${night}: fails ${share(runs, 'fail')}, undecided ${share(runs, 'undecided')}, ${meanUnits(runs).toFixed(0)} levels`
    expect(share(runs, 'fail'), summary).toBeGreaterThanOrEqual(least)
    expect(share(runs, 'pass'), summary).toBe(0)
  })
})
