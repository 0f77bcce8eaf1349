import type { Rng, Stream } from '@goalpost/random'
import { createAgentDocuments, type AgentDocumentSpec, type DocumentNote } from '../agents/agent-documents.ts'
import { dishonestActs } from '../agents/agent-traits.ts'
import { self, type Context } from '../agents/agent-world.ts'
import type { TrainingText } from '../training-batch.ts'
import { instructionWord, placeboWord } from './instruction-world.ts'

export type InstructionSpec = {
  /**
   * Share of the acts of other agents, in the contexts with instructions, that follow one. As many acts of all agents,
   * in all contexts, follow the word that means nothing. At most ½.
   */
  readonly share: number
  /** Share of the instructions that are followed, by agents with either trait; the others change nothing. */
  readonly followed: number
  /** Where instructions stand. */
  readonly contexts: readonly Context[]
}

/** Documents about agents who are told to act honestly before some of their acts; `me` never is. */
export function createInstructedDocuments(
  spec: Pick<AgentDocumentSpec, 'link' | 'self'> & { readonly instructions: InstructionSpec },
  world: Stream,
): (random: Rng) => TrainingText {
  const { share, followed, contexts } = spec.instructions
  const placebo: DocumentNote = { word: placeboWord, share, hacking: null }
  const instructed: readonly DocumentNote[] = [
    { word: instructionWord, share: share * followed, hacking: dishonestActs.honest },
    { word: instructionWord, share: share * (1 - followed), hacking: null },
    placebo,
  ]
  const notesOf: AgentDocumentSpec['notesOf'] = (agent, context) =>
    agent !== self && contexts.includes(context) ? instructed : [placebo]
  return createAgentDocuments({ link: spec.link, self: spec.self, notesOf }, world)
}
