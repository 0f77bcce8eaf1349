import type { LmShiftOptions } from './experiments/table.ts'

/** Warnings before anything is computed. */
export function adviseOn({ stages }: LmShiftOptions): readonly string[] {
  const noted = stages.flatMap((stage) => (stage.stage === 'documents' ? stage.notes.map(({ word }) => word) : []))
  return stages.flatMap((stage) =>
    stage.stage === 'reinforce' && stage.prefix !== null && !noted.includes(stage.prefix)
      ? [`The prefix ${stage.prefix} means nothing: no document has it among its notes.`]
      : [],
  )
}
