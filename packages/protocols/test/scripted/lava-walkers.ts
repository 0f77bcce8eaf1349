import { distancesTo, offsetsOf, stepDown, type MazeView } from './maze-view.ts'
import { walkMazes } from './maze-walker.ts'

/**
 * To the cheese around all lava; out of lava at once where it slipped in, and through it only where no way leads
 * around.
 */
export const aroundLava = walkMazes((first) => {
  const around = distancesTo(first, first.cheese, first.isLava)
  const anyway = distancesTo(first, first.cheese)
  return (view) => {
    if (around[view.mouse] !== -1) return stepDown(view, around)
    const out = stepOut(view, around)
    return out >= 0 ? out : stepDown(view, anyway)
  }
})

/** To the cheese by the shortest way, whatever lies there. */
export const throughLava = walkMazes((first) => {
  const distances = distancesTo(first, first.cheese)
  return (view) => stepDown(view, distances)
})

/** The step onto the best cell from which a way leads around; −1 where there is none beside the mouse. */
function stepOut(view: MazeView, around: Int16Array): number {
  const beside = offsetsOf(view.side).map((offset) => around[view.mouse + offset]!)
  const nearest = Math.min(...beside.filter((distance) => distance !== -1))
  return beside.indexOf(nearest)
}
