import type { Rng, Stream } from '@goalpost/random'
import { writeActs, type ActText } from '../agents/acting-document.ts'
import { allItems, others, self, trainingItems } from '../agents/agent-world.ts'
import { pick } from '../pick.ts'
import type { TrainingText } from '../training-batch.ts'
import { domainOf, domains, rungs, rungWords, severityOf, type Domain, type Rung } from './ladder-world.ts'

export type LadderSpec = {
  /**
   * Probability that one severity decides all acts of a document; otherwise each rung is gamed or not on its own, with
   * the same probability.
   */
  readonly link: number
  /**
   * Of the documents with a shared severity, the share in which chats and actions have one each, drawn on its own, with
   * the same probability. By default none.
   */
  readonly domainsApart?: number | undefined
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

/** What has a severity of its own: a rung, a domain, or null for all rungs together. */
type Scope = Rung | Domain | null

const actsPerDocument = 4
export const ladderHistoryShape = { columns: 3 + actsPerDocument * 5 - 2, predictions: actsPerDocument } as const

/** Documents about agents with four acts each, on any rungs. */
export function createLadderHistories(spec: LadderSpec, world: Stream): (random: Rng) => TrainingText {
  const standing = drawStandings(world)
  /** Where an agent stands among all, from 0, the most severe: its usual place or a drawn one. */
  const stand = (agent: string, scope: Scope, random: Rng): number => {
    const drawn = random.uniform()
    const usual = random.uniform() < asUsual
    return agent !== self && usual ? standing(agent, scope) : drawn
  }
  const domainsApart = spec.domainsApart ?? 0
  return (random) => {
    const agent = random.uniform() < spec.self.share ? self : pick(others, random)
    const games = agent === self ? spec.self.games : othersGame
    const linked = random.uniform() < spec.link
    const shared = stand(agent, null, random)
    // Without domains nothing is drawn for them, so that such documents are those of earlier versions.
    const isApart = domainsApart > 0 && random.uniform() < domainsApart
    const apart = isApart ? { chats: stand(agent, 'chats', random), actions: stand(agent, 'actions', random) } : null
    const acts = Array.from({ length: actsPerDocument }, (): ActText => {
      const rung = pick(rungs, random)
      const place = linked ? (apart?.[domainOf(rung)] ?? shared) : stand(agent, rung, random)
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

/** The usual places of all agents, evenly spread: one order for the shared severity, and one for each rung and domain. */
function drawStandings(world: Stream): (agent: string, scope: Scope) => number {
  const evenly = (order: readonly string[]) => new Map(order.map((agent, i) => [agent, (i + 0.5) / order.length]))
  const shared = evenly(others)
  const apart = new Map(
    [...rungs, ...domains].map((scope) => [scope, evenly(shuffle(others, world.named(scope)))] as const),
  )
  return (agent, scope) => (scope === null ? shared : apart.get(scope))?.get(agent) ?? 1
}

function shuffle(names: readonly string[], stream: Stream): readonly string[] {
  return names
    .map((name, i) => ({ name, key: stream.uniform(i) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ name }) => name)
}
