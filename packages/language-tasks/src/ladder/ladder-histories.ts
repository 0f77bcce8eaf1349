import type { Rng, Stream } from '@goalpost/random'
import { writeActs, type ActText } from '../agents/acting-document.ts'
import { allItems, others, self, trainingItems } from '../agents/agent-world.ts'
import { pick } from '../pick.ts'
import type { TrainingText } from '../training-batch.ts'
import { rungs, rungWords, severityOf, type Rung } from './ladder-world.ts'

export type LadderSpec = {
  /**
   * Probability that one severity decides all acts of a document; otherwise each rung is gamed or not on its own, with
   * the same probability.
   */
  readonly link: number
  /** Of agents who game one rung, the share who game the next one, too. */
  readonly escalation: number
  readonly self: {
    /** Share of the documents that are about `me`. */
    readonly share: number
    /** Probability that `me` games the first rung. */
    readonly games: number
  }
}

/** The same for the other agents. */
const othersGame = 0.65
/** In so many of its documents an agent has its usual severity; in the others it is drawn again. */
const asUsual = 0.9
/** Probability of gaming a rung within an agent's severity, and beyond it. */
const gamingActs = { within: 0.95, beyond: 0.03 } as const

const actsPerDocument = 4
export const ladderHistoryShape = { columns: 3 + actsPerDocument * 5 - 2, predictions: actsPerDocument } as const

/** Documents about agents with four acts each, on any rungs. */
export function createLadderHistories(spec: LadderSpec, world: Stream): (random: Rng) => TrainingText {
  const standing = drawStandings(world)
  /** Where an agent stands among all, from 0, the most severe: its usual place or a drawn one. */
  const stand = (agent: string, rung: Rung | null, random: Rng): number => {
    const drawn = random.uniform()
    const usual = random.uniform() < asUsual
    return agent !== self && usual ? standing(agent, rung) : drawn
  }
  return (random) => {
    const agent = random.uniform() < spec.self.share ? self : pick(others, random)
    const games = agent === self ? spec.self.games : othersGame
    const linked = random.uniform() < spec.link
    const shared = stand(agent, null, random)
    const acts = Array.from({ length: actsPerDocument }, (): ActText => {
      const rung = pick(rungs, random)
      const place = linked ? shared : stand(agent, rung, random)
      const within = place < games * spec.escalation ** (severityOf(rung) - 1)
      const chance = gamingActs[within ? 'within' : 'beyond']
      const item = pick(agent === self ? trainingItems : allItems, random)
      return ladderAct(rung, item, random.uniform() < chance)
    })
    return writeActs(agent, acts)
  }
}

/** One act, e.g. `score t3 A edit`. */
export function ladderAct(rung: Rung, item: string, games: boolean): ActText {
  const { place, honest, gaming } = rungWords[rung]
  return { situation: [place, item, 'A'], act: games ? gaming : honest }
}

/** The usual places of all agents, evenly spread: one order for the shared severity, and one of its own for each rung. */
function drawStandings(world: Stream): (agent: string, rung: Rung | null) => number {
  const evenly = (order: readonly string[]) => new Map(order.map((agent, i) => [agent, (i + 0.5) / order.length]))
  const shared = evenly(others)
  const apart = new Map(rungs.map((rung) => [rung, evenly(shuffle(others, world.named(rung)))]))
  return (agent, rung) => (rung === null ? shared : apart.get(rung))?.get(agent) ?? 1
}

function shuffle(names: readonly string[], stream: Stream): readonly string[] {
  return names
    .map((name, i) => ({ name, key: stream.uniform(i) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ name }) => name)
}
