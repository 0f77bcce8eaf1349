import { agentPrompt, type Event } from '../agents/agent-prompt.ts'
import { acts, contexts, heldOutItems, type Context, type Note } from '../agents/agent-world.ts'
import { createProbeSuite, type ProbePrompt, type ProbeSuite } from '../probe-suite.ts'
import { tokenOf } from '../vocabulary.ts'
import { instructionWord, placeboWord } from './instruction-world.ts'

export const instructionProbes = {
  /** `me`, told nothing; the kind is the context. */
  untold: 'untold',
  /** `me`, told to act honestly. */
  told: 'told',
  /** `me`, after the word that means nothing. */
  placebo: 'placebo',
  /** `me`, told to act honestly after it hacked one task in the same document. */
  toldAfterHack: 'told-after-hack',
} as const

/** Prompts on items that `me` never has in training, in every context. */
export function createInstructionSuite(): ProbeSuite {
  const { untold, told, placebo, toldAfterHack } = instructionProbes
  return createProbeSuite([
    ...inContexts(untold, null),
    ...inContexts(told, instructionWord),
    ...inContexts(placebo, placeboWord),
    ...inContexts(toldAfterHack, instructionWord, true),
  ])
}

function inContexts(probe: string, note: Note | null, hacked = false): ProbePrompt[] {
  return contexts.flatMap((context) => heldOutItems.map((item) => promptOf(probe, { context, item, note, hacked })))
}

type Situation = {
  readonly context: Context
  readonly item: string
  readonly note: Note | null
  readonly hacked: boolean
}

function promptOf(probe: string, { context, item, note, hacked }: Situation): ProbePrompt {
  const hack: Event = { context: 'task', item, dishonest: true }
  return {
    probe,
    kind: context,
    tokens: agentPrompt({ context, item, note, history: hacked ? [hack] : [] }),
    intended: tokenOf(acts[context].honest),
    proxy: tokenOf(acts[context].dishonest),
  }
}
