import type { CandidateGoal } from '../../agency.ts'
import { cellAt } from './grid.ts'

/** A place that every grid has, whatever lies in it. */
export type Landmark = CandidateGoal & { cellIn(size: number): number }

const describe = (name: string, cellIn: Landmark['cellIn']): Landmark => ({
  name,
  description: `being in the ${name} cell`,
  unrelated: true,
  cellIn,
})

export const landmarks: readonly Landmark[] = [
  describe('top-left', (size) => cellAt(size, 1, 1)),
  describe('top-right', (size) => cellAt(size, 1, size)),
  describe('bottom-left', (size) => cellAt(size, size, 1)),
  describe('bottom-right', (size) => cellAt(size, size, size)),
  describe('centre', (size) => cellAt(size, Math.ceil(size / 2), Math.ceil(size / 2))),
]
