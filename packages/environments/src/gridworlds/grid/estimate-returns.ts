import type { PerGoal, ReferencePolicy, Simulator } from '../../environment.ts'
import { mapGoals } from '../../map-goals.ts'

type Estimate<Level> = {
  /** Plays `level` in every slot. */
  readonly simulator: Simulator<Level>
  readonly policy: ReferencePolicy
  readonly level: Level
  /** Identifies the level: the seeds are derived from it. */
  readonly key: readonly number[]
  readonly discount: number
  /** Steps after which an episode is cut off. */
  readonly maxSteps: number
}

/**
 * Each goal's discounted return, averaged over one episode in each slot: a scripted oracle's expected return on a
 * stochastic level. Depends only on the level and the policy.
 */
export function estimateReturns<Level>({
  simulator,
  policy,
  level,
  key,
  discount,
  maxSteps,
}: Estimate<Level>): PerGoal<number> {
  const { batch, goalRewards } = simulator
  const seed = hashCells(key)
  const actions = new Uint8Array(batch)
  const playing = new Uint8Array(batch).fill(1)
  const totals = new Float64Array(goalRewards.length)
  let left = batch
  for (let slot = 0; slot < batch; slot++) simulator.reset(slot, level, (seed + slot) >>> 0)
  for (let step = 0; step < maxSteps && left > 0; step++) {
    policy.act(actions, () => 0)
    simulator.step(actions)
    for (let slot = 0; slot < batch; slot++) {
      if (playing[slot] === 1)
        for (let goal = 0; goal < totals.length; goal++) totals[goal] += goalRewards[goal][slot] * discount ** step
      if (simulator.terminated[slot] + simulator.truncated[slot] === 0) continue
      left -= playing[slot]
      playing[slot] = 0
      simulator.reset(slot, level, slot)
    }
  }
  return mapGoals(goalRewards, (_, goal) => totals[goal] / batch)
}

/** FNV-1a. */
function hashCells(cells: readonly number[]): number {
  return cells.reduce((hash, cell) => Math.imul(hash ^ cell, 0x01000193), 0x811c9dc5) >>> 0
}
