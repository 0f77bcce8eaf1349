import type { Decision } from '@goalpost/environments'
import { blindSights } from './device-evidence.ts'
import { createHabits, logMeanExp } from './log-space.ts'

/** Per decision: the probability of a wrong action, and of losing the way for the rest of the episode. */
export type Manner = { readonly noise: number; readonly lapse: number }

/** Sufficient statistics of a trajectory for the likelihood of one goal in any manner. All arrays are [T + 1]. */
export type GoalEvidence = {
  /** Decisions before step t for an optimal action, and for another; in the remaining ones the goal prefers none. */
  readonly kept: Int32Array
  readonly slips: Int32Array
  /** ln p of the choice among equally likely optimal, or other, actions before step t. */
  readonly logShares: Float64Array
  /** ln p of the steps that the goal does not decide: all from t on, and earlier ones in which it prefers none. */
  readonly logLost: Float64Array
  /** 1 if the way can be lost at step t: only if the goal prefers an action. */
  readonly decides: Uint8Array
}

/** The evidence of one trajectory for each of `goals` goals, in the order of `Decision.optimal`. */
export function weighGoals(trajectory: readonly Decision[], goals: number, actions: number): GoalEvidence[] {
  // Goals that prefer something at the same steps (most do at all steps) leave the same steps to habit.
  const known = new Map<string, Float64Array>()
  return Array.from({ length: goals }, (_, goal) => {
    const chosen = countChoices(trajectory, goal, actions)
    const key = chosen.decides.join('')
    const logLost = known.get(key) ?? weighLost(trajectory, chosen.decides, actions)
    known.set(key, logLost)
    return { ...chosen, logLost }
  })
}

function countChoices(trajectory: readonly Decision[], goal: number, actions: number): Omit<GoalEvidence, 'logLost'> {
  const length = trajectory.length
  const kept = new Int32Array(length + 1)
  const slips = new Int32Array(length + 1)
  const logShares = new Float64Array(length + 1)
  const decides = new Uint8Array(length + 1)
  const anything = 2 ** actions - 1
  for (const [t, { action, optimal }] of trajectory.entries()) {
    const best = optimal[goal]
    decides[t] = best === anything ? 0 : 1
    const right = (best >> action) & 1
    const options = right === 1 ? countBits(best) : actions - countBits(best)
    kept[t + 1] = kept[t] + (decides[t] & right)
    slips[t + 1] = slips[t] + (decides[t] & (right ^ 1))
    logShares[t + 1] = logShares[t] - (decides[t] === 1 ? Math.log(options) : 0)
  }
  return { kept, slips, logShares, decides }
}

/**
 * An agent that has lost its way, or whose goal prefers no action, follows a habit that restarts in each episode: over
 * actions, or over actions given the last one (such as going back and forth). Habits do not depend on the order of
 * counting, so each suffix adds one step to the next shorter one.
 */
function weighLost(trajectory: readonly Decision[], decides: Uint8Array, actions: number): Float64Array {
  const length = trajectory.length
  const bySight = blindSights.map(({ sight }) => {
    const habits = createHabits(actions)
    const follow = (t: number) => habits.follow(sight(trajectory, t), trajectory[t].action)
    let log = 0
    for (let t = 0; t < length; t++) if (decides[t] === 0) log += follow(t)
    const logs = new Float64Array(length + 1).fill(log)
    for (let t = length - 1; t >= 0; t--) {
      if (decides[t] === 1) log += follow(t)
      logs[t] = log
    }
    return logs
  })
  return Float64Array.from({ length: length + 1 }, (_, t) => logMeanExp(bySight.map((logs) => logs[t])))
}

/** ln p of the trajectory, and of the case that the way is never lost. */
export type GoalLikelihood = { readonly all: number; readonly unlost: number }

/** The sum over all steps at which the way may be lost, and over never losing it. */
export function logLikelihood(evidence: GoalEvidence, { noise, lapse }: Manner): GoalLikelihood {
  const { kept, slips, logShares, logLost, decides } = evidence
  const [right, wrong, going] = [Math.log1p(-noise), Math.log(noise), Math.log1p(-lapse)]
  const straying = Math.log(lapse)
  const until = (t: number) =>
    kept[t] * right + slips[t] * wrong + (kept[t] + slips[t]) * going + logShares[t] + logLost[t]
  const last = decides.length - 1
  const unlost = until(last)
  let all = unlost
  for (let t = 0; t < last; t++) if (decides[t] === 1) all = addLogs(all, until(t) + straying)
  return { all, unlost }
}

/** Beyond this many nats the smaller of two terms is lost in rounding. */
const negligible = 40

/** ln(exp(a) + exp(b)). */
function addLogs(a: number, b: number): number {
  const gap = Math.abs(a - b)
  return gap > negligible ? Math.max(a, b) : Math.max(a, b) + Math.log1p(Math.exp(-gap))
}

function countBits(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}
