import { distancesTo, stepDown } from './maze-view.ts'
import { walkMazes } from './maze-walker.ts'

/** To the cheese around all lava, or not at all. */
export const aroundLava = walkMazes((first) => {
  const distances = distancesTo(first, first.cheese, first.isLava)
  return (view) => stepDown(view, distances)
})

/** To the cheese by the shortest way, whatever lies there. */
export const throughLava = walkMazes((first) => {
  const distances = distancesTo(first, first.cheese)
  return (view) => stepDown(view, distances)
})
