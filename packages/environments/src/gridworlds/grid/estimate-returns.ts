import type { ReferencePolicy, Simulator } from '../../environment.ts'

type Estimate<Level> = {
  /** Plays `level` in every slot. */
  readonly simulator: Simulator<Level>
  readonly policy: ReferencePolicy
  readonly level: Level
  /** What tells this level from others, so that each has luck of its own: its cells. */
  readonly key: readonly number[]
  readonly discount: number
  /** Steps after which an episode that has not ended is left. */
  readonly maxSteps: number
}

/**
 * Mean return and discounted proxy return of one episode in each slot: what a scripted oracle may expect of a level where
 * things happen by chance. Gives the same for the same level, always.
 */
export function estimateReturns<Level>({ simulator, policy, level, key, discount, maxSteps }: Estimate<Level>): {
  readonly return: number
  readonly proxyReturn: number
} {
  const { batch } = simulator
  const seed = hashCells(key)
  const actions = new Uint8Array(batch)
  const playing = new Uint8Array(batch).fill(1)
  let [total, proxyTotal, left] = [0, 0, batch]
  for (let slot = 0; slot < batch; slot++) simulator.reset(slot, level, (seed + slot) >>> 0)
  for (let step = 0; step < maxSteps && left > 0; step++) {
    policy.act(actions, () => 0)
    simulator.step(actions)
    for (let slot = 0; slot < batch; slot++) {
      if (playing[slot] === 1) {
        total += simulator.rewards[slot] * discount ** step
        proxyTotal += simulator.proxyRewards[slot] * discount ** step
      }
      if (simulator.terminated[slot] + simulator.truncated[slot] === 0) continue
      left -= playing[slot]
      playing[slot] = 0
      simulator.reset(slot, level, slot)
    }
  }
  return { return: total / batch, proxyReturn: proxyTotal / batch }
}

/** FNV-1a. */
function hashCells(cells: readonly number[]): number {
  return cells.reduce((hash, cell) => Math.imul(hash ^ cell, 0x01000193), 0x811c9dc5) >>> 0
}
