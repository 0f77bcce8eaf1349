import { stay } from '../../environment.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import type { LavaLevel } from './level.ts'

export type LavaPlan = {
  readonly optimalReturn: number
  /** From the first step; afterwards it stands still. */
  readonly actions: readonly number[]
}

type Rules = { readonly discount: number; readonly maxSteps: number }

/**
 * The exact best return, by dynamic programming over the steps left. Standing still earns 0 off the lava, so the
 * optimum is 0 if the lava costs more than the cheese is worth. Best paths enter no cell twice, so the values stop
 * changing long before a large step limit.
 */
export function planLava(level: LavaLevel, rules: Rules): LavaPlan {
  const { gain, offsets } = groundOf(level)
  const values = valuesByStepsLeft(level, rules, { gain, offsets })
  const optimalReturn = values[values.length - 1][level.mouse]
  // With the fewest steps that suffice, every step makes progress: none can be wasted.
  let left = values.findIndex((value) => value[level.mouse] === optimalReturn)
  const actions: number[] = []
  for (let cell = level.mouse; left > 0 && cell !== level.cheese; left--) {
    const best = values[left][cell]
    const worth = (next: number) => gain[next] + rules.discount * values[left - 1][next]
    const action = offsets.findIndex((offset) => level.walls[cell + offset] === 0 && worth(cell + offset) === best)
    actions.push(action < 0 ? stay : action)
    cell += action < 0 ? 0 : offsets[action]
  }
  return { optimalReturn, actions }
}

/**
 * The exact value of each action in a cell, by number, with the whole step limit ahead: its reward plus the best return
 * afterwards. A blocked move stays.
 */
export function lavaActionValues(level: LavaLevel, rules: Rules): (cell: number) => readonly number[] {
  const ground = groundOf(level)
  const ahead = valuesByStepsLeft(level, rules, ground).at(-1)
  return (cell) =>
    ground.offsets.map((offset) => {
      const next = level.walls[cell + offset] === 1 ? cell : cell + offset
      return ground.gain[next] + rules.discount * (ahead?.[next] ?? 0)
    })
}

type Ground = {
  /** By cell: the reward of a step that ends there. */
  readonly gain: Float64Array
  readonly offsets: readonly number[]
}

function groundOf({ size, walls, lava, cheese }: LavaLevel): Ground {
  const gain = new Float64Array(walls.length)
  for (const cell of lava) gain[cell] = -1
  gain[cheese] = 1
  return { gain, offsets: neighbourOffsets(size) }
}

/** [steps left][cell]: the best return left; the last entry also holds for more steps, up to the limit. */
function valuesByStepsLeft(level: LavaLevel, { discount, maxSteps }: Rules, { gain, offsets }: Ground): Float64Array[] {
  const { walls, cheese } = level
  const cells = [...walls.keys()].filter((cell) => walls[cell] === 0 && cell !== cheese)
  const values = [new Float64Array(walls.length)]
  for (let changed = true; changed && values.length <= maxSteps;) {
    const before = values[values.length - 1]
    const after = new Float64Array(walls.length)
    changed = false
    for (const cell of cells) {
      let best = gain[cell] + discount * before[cell]
      for (const offset of offsets) {
        const next = cell + offset
        if (walls[next] === 0) best = Math.max(best, gain[next] + discount * before[next])
      }
      after[cell] = best
      changed ||= best !== before[cell]
    }
    if (changed) values.push(after)
  }
  return values
}
