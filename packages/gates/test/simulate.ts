import { gateStatistics, stages, type GateOutcome, type GateRule, type MeasuredUnits } from '@goalpost/contracts'
import { createStream, type Rng } from '@goalpost/random'
import { decideRun, type RuleEvidence } from '../src/index.ts'

export const bounds = { low: 0, high: 1, scale: 1 }

/** One version's return on a level: depends on the level, like a corner agent's, with a standard deviation of .3. */
export type World = { levelReturn(random: Rng): number; noise: number }

export const world: World = { levelReturn: (random) => Math.min(1, 0.55 + 0.55 * random.uniform()), noise: 0.2 }

/** Units 0 … count − 1 of a version that loses `drop` on average: on that share of levels its return is 0. */
export function measure(name: string, night: number, count: number, { drop = 0, kind = world } = {}): MeasuredUnits {
  const levels = createStream(3).named('levels')
  const chance = createStream(3).named(name).at(night)
  const units = Array.from({ length: count }, (_, index) => {
    const usual = kind.levelReturn(levels.at(index))
    const noisy = Math.min(1, Math.max(0, usual + kind.noise * (chance.uniform() - 0.5)))
    return { unit: String(index), value: chance.uniform() < drop ? 0 : noisy, scale: 1 }
  })
  return { bounds, units }
}

export type Simulated = { readonly outcome: GateOutcome; readonly units: number }

/** Runs the stages of one gate run until it is decided. */
export function simulateRun(
  rule: GateRule,
  run: number,
  evidenceFor: (units: number) => RuleEvidence,
  budget = 4_096,
): Simulated {
  let evaluated = 0
  for (;;) {
    const evidence: RuleEvidence = evaluated === 0 ? { kind: 'missing', reason: 'not started' } : evidenceFor(evaluated)
    const rules = [{ rule, direction: 'higher-is-better' as const, evidence }]
    const decision = decideRun({
      rules,
      statistics: gateStatistics.parse({}),
      stages: stages.parse({ budget }),
      run,
      evaluated,
    })
    if (decision.type === 'decided') return { outcome: decision.outcome, units: evaluated }
    evaluated = decision.units
  }
}
