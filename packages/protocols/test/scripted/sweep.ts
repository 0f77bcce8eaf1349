import { stay } from '@goalpost/environments'
import { offsetsOf } from './maze-view.ts'
import { walkMazes } from './maze-walker.ts'

/**
 * Goes through the whole maze depth first, up, left, down, right, and back where it gets no further. Sees no cheese.
 */
export const sweep = walkMazes((first) => {
  const visited = new Set([first.mouse])
  const way: number[] = []
  return (view) => {
    const offsets = offsetsOf(view.side)
    const ahead = offsets.findIndex((offset) => !view.isWall(view.mouse + offset) && !visited.has(view.mouse + offset))
    if (ahead >= 0) {
      visited.add(view.mouse + offsets[ahead]!)
      way.push(ahead)
      return ahead
    }
    const last = way.pop()
    return last === undefined ? stay : (last + 2) % offsets.length
  }
})
