import { distancesTo, stepDown, topLeft, type MazeView } from './maze-view.ts'
import { walkMazes } from './maze-walker.ts'

const up = 0

/**
 * To the top-left corner first, around the cheese if there is a way, and then to the cheese; whichever can be reached.
 */
export const cornerThenCheese = walkMazes((first) => {
  const corner = topLeft(first.side)
  const toCorner = wayToCorner(first, corner)
  const toCheese = distancesTo(first, first.cheese)
  let visited = toCorner[first.mouse] === -1
  return (view) => {
    // A mouse that starts in the corner visits it by a step against the wall.
    if (!visited && view.mouse === corner) {
      visited = true
      if (first.mouse === corner) return up
    }
    return stepDown(view, visited ? toCheese : toCorner)
  }
})

function wayToCorner(view: MazeView, corner: number): Int16Array {
  const around = distancesTo(view, corner, (cell) => cell === view.cheese)
  return around[view.mouse] === -1 ? distancesTo(view, corner) : around
}
