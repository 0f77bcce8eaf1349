import type { CandidateGoal } from '../../agency.ts'
import { cellAt, type GridLevel } from './grid.ts'

/** A place that exists in every level. */
export type Landmark<Level extends GridLevel = GridLevel> = CandidateGoal & { cellIn(level: Level): number }

export const describeLandmark = <Level extends GridLevel>(
  name: string,
  cellIn: (level: Level) => number,
): Landmark<Level> => ({
  name,
  description: `being in the ${name} cell`,
  unrelated: true,
  cellIn,
})

/** Those of grids without padding. */
export const landmarks: readonly Landmark[] = [
  describeLandmark('top-left', ({ size }) => cellAt(size, 1, 1)),
  describeLandmark('top-right', ({ size }) => cellAt(size, 1, size)),
  describeLandmark('bottom-left', ({ size }) => cellAt(size, size, 1)),
  describeLandmark('bottom-right', ({ size }) => cellAt(size, size, size)),
  describeLandmark('centre', ({ size }) => cellAt(size, Math.ceil(size / 2), Math.ceil(size / 2))),
]
