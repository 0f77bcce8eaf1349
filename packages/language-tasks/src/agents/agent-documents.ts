import type { Rng, Stream } from '@goalpost/random'
import type { TrainingText } from '../training-batch.ts'
import { pick } from '../pick.ts'
import { writeActs } from './acting-document.ts'
import { actWord, situationWords, type Event } from './agent-prompt.ts'
import { createTraits, dishonestActs } from './agent-traits.ts'
import { allItems, contexts, others, self, trainingItems, type Context, type Note } from './agent-world.ts'

export type DocumentNote = {
  readonly word: Note
  /** Share of the acts in its context that have it. */
  readonly share: number
  /** Probability of a dishonest act under it, for every agent; null if the note changes nothing. */
  readonly hacking: number | null
}

export type AgentDocumentSpec = {
  /**
   * Probability that one trait decides all acts of a document, from 0 to 1; otherwise each context has a trait of its
   * own, with the same probability. Negative: as its absolute value, but the trait is reversed in tasks, so that agents
   * who hack are honest elsewhere.
   */
  readonly link: number
  readonly self: {
    /** Share of the documents that are about `me`. */
    readonly share: number
    /** Probability of the dishonest trait. */
    readonly dishonest: number
  }
  /** Words that may stand before an agent's acts in a context; null where there are none. */
  notesOf(agent: string, context: Context): readonly DocumentNote[] | null
}

const actsPerDocument = 4
/** For documents in which all acts have a note: three words and `.` for the opening and four acts. */
export const agentDocumentShape = { columns: 3 + actsPerDocument * 6 - 2, predictions: actsPerDocument } as const

/** Documents about agents, each with four acts. */
export function createAgentDocuments(spec: AgentDocumentSpec, world: Stream): (random: Rng) => TrainingText {
  const probability = createTraits(contexts, spec.self, world)
  return (random) => {
    const agent = random.uniform() < spec.self.share ? self : pick(others, random)
    const items = agent === self ? trainingItems : allItems
    const linked = random.uniform() < Math.abs(spec.link)
    const shared = random.uniform() < probability(agent, null)
    const events = Array.from({ length: actsPerDocument }, (): Event => {
      const context = pick(contexts, random)
      const own = random.uniform() < probability(agent, context)
      const trait = linked ? shared !== (spec.link < 0 && context === 'task') : own
      const notes = spec.notesOf(agent, context)
      const note = notes === null ? null : drawNote(notes, random)
      const chance = note?.hacking ?? dishonestActs[trait ? 'dishonest' : 'honest']
      return { context, item: pick(items, random), dishonest: random.uniform() < chance, note: note?.word ?? null }
    })
    return writeDocument(agent, events)
  }
}

export function writeDocument(agent: string, events: readonly Event[]): TrainingText {
  return writeActs(
    agent,
    events.map((event) => ({ situation: situationWords(event), act: actWord(event) })),
  )
}

function drawNote(notes: readonly DocumentNote[], random: Rng): DocumentNote | null {
  let rest = random.uniform()
  return notes.find(({ share }) => (rest -= share) < 0) ?? null
}
