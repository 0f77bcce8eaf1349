import { findTouches, type Layout, type Touch, type Worth } from './touches.ts'

type Walks = Layout & { readonly discount: number; readonly worth: Worth }

/** Generated mazes of difficulty 4 with 12 keys had at most 106,724, in 1,500 levels. */
const mostStates = 400_000

/**
 * The best return from thing `place` with the things in the bits `gone` touched, without a step limit, discounted from
 * now; exact, by dynamic programming over the states that can be reached. In levels with more than `mostStates` of them
 * (many things in the open), the rest of the search looks only at the nearest thing: then it is no bound.
 */
export function createWalkBound(walks: Walks): (place: number, gone: number) => number {
  const { things, keyCount, discount, worth } = walks
  const known = new Map<number, number>()

  function bound(place: number, gone: number): number {
    const at = gone * (things.length + 1) + place
    const before = known.get(at)
    if (before !== undefined) return before
    const touches = findTouches(walks, place, gone)
    const considered = known.size < mostStates ? touches : nearest(touches)
    let best = 0
    for (const { thing, moves } of considered) {
      const after = (thing < keyCount ? worth.key : worth.chest) + discount * bound(thing, gone | (1 << thing))
      best = Math.max(best, discount ** (moves - 1) * after)
    }
    known.set(at, best)
    return best
  }
  return bound
}

const nearest = (touches: readonly Touch[]): readonly Touch[] =>
  touches.toSorted((a, b) => a.moves - b.moves).slice(0, 1)
