import type { ReferencePolicy } from '../../environment.ts'
import { gridActions } from './grid.ts'

/** Every action with equal probability. */
export function createRandomWalker(batch: number): ReferencePolicy {
  return createFlipper(batch, gridActions.length)
}

/** Up or left by a coin flip: the shortest path to the top-left corner for a blind policy. */
export function createBlindCornerSeeker(batch: number): ReferencePolicy {
  return createFlipper(batch, 2)
}

function createFlipper(batch: number, actionCount: number): ReferencePolicy {
  return {
    act(actions, uniform) {
      for (let i = 0; i < batch; i++) actions[i] = Math.floor(uniform(i) * actionCount)
    },
  }
}
