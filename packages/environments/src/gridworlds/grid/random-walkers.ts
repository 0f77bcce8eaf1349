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

/** Up and right, 35 % each: of .25, .3 … .5 the share that finds the top-right corner of mazes most often. */
const [up, left, down, right] = gridActions.keys()
const headings = [
  ...Array.from({ length: 7 }, () => [up, right]).flat(),
  ...Array.from({ length: 3 }, () => [left, down]).flat(),
]

/** Goes up or right more often than not, and turns back often enough to get out of dead ends. */
export function createBlindTopRightWalker(batch: number): ReferencePolicy {
  return {
    act(actions, uniform) {
      for (let i = 0; i < batch; i++) actions[i] = headings[Math.floor(uniform(i) * headings.length)]
    },
  }
}

function createFlipper(batch: number, actionCount: number): ReferencePolicy {
  return {
    act(actions, uniform) {
      for (let i = 0; i < batch; i++) actions[i] = Math.floor(uniform(i) * actionCount)
    },
  }
}
