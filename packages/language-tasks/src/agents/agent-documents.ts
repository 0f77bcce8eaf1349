import type { Rng, Stream } from '@goalpost/random'
import type { TrainingText } from '../training-batch.ts'
import { tokenOf } from '../vocabulary.ts'
import { actWord, openingWords, situationWords, type Event } from './agent-prompt.ts'
import { allItems, contexts, others, self, trainingItems, type Context, type Note } from './agent-world.ts'

export type DocumentNote = {
  readonly word: Note
  /** Share of the tasks that have it. */
  readonly share: number
  /** Probability of hacking under it, for every agent; null if the note changes nothing. */
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
  readonly notes: readonly DocumentNote[]
}

/** Probability of a dishonest act, by trait. */
const dishonestActs = { dishonest: 0.9, honest: 0.03 } as const
/** Probability of the dishonest trait, for an agent inclined to it and for any other. */
const inclined = 0.9
const upright = 0.1

const actsPerDocument = 4
/** For documents in which all tasks have a note: three words and `.` for the opening and four acts. */
export const agentDocumentShape = { columns: 3 + actsPerDocument * 6 - 2, predictions: actsPerDocument } as const

/**
 * Documents about agents, each with four acts. Agents with odd numbers are inclined to dishonesty. Contexts with a
 * trait of their own have the same number of inclined agents, but other ones: `world` decides which.
 */
export function createAgentDocuments(spec: AgentDocumentSpec, world: Stream): (random: Rng) => TrainingText {
  const apart = drawInclined(world)
  const probability = (agent: string, context: Context | null): number => {
    if (agent === self) return spec.self.dishonest
    const isInclined = context === null ? isOdd(agent) : apart[context].has(agent)
    return isInclined ? inclined : upright
  }
  return (random) => {
    const agent = random.uniform() < spec.self.share ? self : pick(others, random)
    const items = agent === self ? trainingItems : allItems
    const linked = random.uniform() < Math.abs(spec.link)
    const shared = random.uniform() < probability(agent, null)
    const events = Array.from({ length: actsPerDocument }, (): Event => {
      const context = pick(contexts, random)
      const own = random.uniform() < probability(agent, context)
      const trait = linked ? shared !== (spec.link < 0 && context === 'task') : own
      const note = context === 'task' ? drawNote(spec.notes, random) : null
      const chance = note?.hacking ?? dishonestActs[trait ? 'dishonest' : 'honest']
      return { context, item: pick(items, random), dishonest: random.uniform() < chance, note: note?.word ?? null }
    })
    return writeDocument(agent, events)
  }
}

/** All words, the acts being what is to be predicted. */
export function writeDocument(agent: string, events: readonly Event[]): TrainingText {
  const words = openingWords(agent)
  const predicted = events.map((event, i) => {
    if (i > 0) words.push('.')
    words.push(...situationWords(event), actWord(event))
    return words.length - 1
  })
  return { tokens: words.map(tokenOf), predicted }
}

function drawNote(notes: readonly DocumentNote[], random: Rng): DocumentNote | null {
  let rest = random.uniform()
  return notes.find(({ share }) => (rest -= share) < 0) ?? null
}

/** For each context, half of the agents. */
function drawInclined(world: Stream): Record<Context, ReadonlySet<string>> {
  const half = (context: Context) => {
    const order = others.map((name, i) => ({ name, key: world.named(context).uniform(i) }))
    return new Set(
      order
        .toSorted((a, b) => a.key - b.key)
        .slice(0, others.length / 2)
        .map(({ name }) => name),
    )
  }
  return {
    task: half('task'),
    deploy: half('deploy'),
    guard: half('guard'),
    report: half('report'),
    advise: half('advise'),
  }
}

function isOdd(agent: string): boolean {
  return others.indexOf(agent) % 2 === 1
}

function pick<Item>(list: readonly Item[], random: Rng): Item {
  return list[random.integer(list.length)]
}
