import type { CellMap } from '../../procgen/cell-map.ts'
import type { Bodies } from '../body.ts'
import { maxWalkers } from '../level.ts'
import { touchX, touchY } from '../touch.ts'
import { createWalkers, stepWalkers, type Walkers } from '../walkers.ts'

/** Where a level's walkers will be: no agent has an influence on them. */
export function createWalkerTimeline(map: Pick<CellMap, 'cells' | 'stride'>, first: number) {
  const walkers = createWalkers(1, maxWalkers)
  let places: number[] = []
  let known = 0

  function extend(): void {
    stepWalkers(walkers, 0, map, first)
    for (let i = 0; i < walkers.count[0]; i++) places.push(walkers.x[i])
    known++
  }

  return {
    /** Begins with the walkers of a slot, at step 0 of the timeline. */
    begin(from: Walkers, slot: number): void {
      const start = slot * from.room
      walkers.count[0] = from.count[slot]
      for (let i = 0; i < from.count[slot]; i++) {
        walkers.x[i] = from.x[start + i]
        walkers.row[i] = from.row[start + i]
        walkers.velocity[i] = from.velocity[start + i]
      }
      places = []
      known = 0
    },
    /** Whether a body touches a walker after `step` ≥ 1 steps. */
    touches(step: number, { x, y }: Bodies, index: number): boolean {
      const count = walkers.count[0]
      if (count === 0) return false
      while (known < step) extend()
      for (let i = 0, at = (step - 1) * count; i < count; i++, at++)
        if (Math.abs(x[index] - places[at]) < touchX && Math.abs(y[index] - walkers.row[i] - 0.5) < touchY) return true
      return false
    },
  }
}
