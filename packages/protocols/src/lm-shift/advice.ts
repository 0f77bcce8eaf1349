import { instructionWord, placeboWord, type Context, type Note } from '@goalpost/language-tasks'
import type { LmShiftOptions, Stage } from './experiments/table.ts'

type Reinforce = Extract<Stage, { stage: 'reinforce' }>

/** Where documents have a word, and what to change so that tasks have it. */
type Occurrence = { readonly contexts: readonly Context[]; readonly remedy: string }

/** Warnings before anything is computed. */
export function adviseOn({ stages: [first, ...later] }: LmShiftOptions): readonly string[] {
  return later.flatMap((stage) => (stage.stage === 'reinforce' ? adviseOnPrefix(stage, first) : []))
}

function adviseOnPrefix({ prefix }: Reinforce, documents: Stage): readonly string[] {
  if (prefix === null) return []
  const occurrence = findWord(prefix, documents)
  if (occurrence === null || occurrence.contexts.includes('task')) return []
  const { contexts, remedy } = occurrence
  const where =
    contexts.length === 0
      ? `No document has \`${prefix}\``
      : `Documents have \`${prefix}\` before acts in ${contexts.join(', ')}, never in tasks`
  return [`${where}, and as a prefix it stands before tasks. ${remedy}, or leave \`prefix\` out.`]
}

/** Null for documents that have no such words. */
function findWord(word: Note, stage: Stage): Occurrence | null {
  if (stage.stage === 'documents') {
    const listed = stage.notes.some((note) => note.word === word && note.share > 0)
    return { contexts: listed ? ['task'] : [], remedy: 'List it in `notes` with a share above 0' }
  }
  return stage.stage === 'instructed' ? findInstruction(word, stage) : null
}

/** The placebo stands in all contexts; instructions are given to other agents, in theirs. */
function findInstruction(word: Note, stage: Extract<Stage, { stage: 'instructed' }>): Occurrence {
  const { share, contexts } = stage.instructions
  if (word !== instructionWord && word !== placeboWord)
    return { contexts: [], remedy: `Use \`${instructionWord}\` or \`${placeboWord}\`` }
  if (share === 0) return { contexts: [], remedy: 'Raise `instructions.share` above 0' }
  if (word === placeboWord) return { contexts: ['task'], remedy: '' }
  if (stage.self.share === 1) return { contexts: [], remedy: 'Lower `self.share`: only other agents are instructed' }
  return { contexts, remedy: 'Add `task` to `instructions.contexts`' }
}
