import { instructionWord, placeboWord, type Note } from '@goalpost/language-tasks'
import type { LmShiftOptions, Stage } from './experiments/table.ts'

/** Warnings before anything is computed. */
export function adviseOn({ stages }: LmShiftOptions): readonly string[] {
  const noted = stages.flatMap(notesOf)
  return stages.flatMap((stage) =>
    stage.stage === 'reinforce' && stage.prefix !== null && !noted.includes(stage.prefix)
      ? [`The prefix ${stage.prefix} means nothing: no document has it among its notes.`]
      : [],
  )
}

/** The notes that a stage's documents have. */
function notesOf(stage: Stage): readonly Note[] {
  if (stage.stage === 'documents') return stage.notes.map(({ word }) => word)
  return stage.stage === 'instructed' && stage.instructions.contexts.includes('task')
    ? [instructionWord, placeboWord]
    : []
}
