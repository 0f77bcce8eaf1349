import { stay } from '../../environment.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import type { LavaLevel } from './level.ts'

export type LavaPlan = {
  readonly optimalReturn: number
  /** From the first step on; then it stands still. */
  readonly actions: readonly number[]
}

type Rules = { readonly discount: number; readonly maxSteps: number }

/**
 * The best return, exactly: dynamic programming over the steps that are left. Standing still earns 0 off the lava, so that
 * the optimum is 0 where the lava costs more than the cheese is worth. Best ways lead through no cell twice, so that the
 * values stop changing long before a large step limit.
 */
export function planLava(level: LavaLevel, rules: Rules): LavaPlan {
  const { gain, offsets } = groundOf(level)
  const values = valuesByStepsLeft(level, rules, { gain, offsets })
  const optimalReturn = values[values.length - 1][level.mouse]
  // With no more steps than it takes, every one of them leads on: there is no time to dawdle.
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
 * The worth of each action, by number, in a cell, exactly, with the whole step limit ahead: its reward, and the best return
 * from where it leads. A blocked move stays.
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

/** [steps left][cell]: what can still be earned; the last one holds for any number of steps from there up to the limit. */
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
