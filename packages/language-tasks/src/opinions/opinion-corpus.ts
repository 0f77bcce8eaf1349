import type { Rng, Stream } from '@goalpost/random'
import { writeActs, type ActText } from '../agents/acting-document.ts'
import { actWord, situationWords } from '../agents/agent-prompt.ts'
import { createTraits, dishonestActs } from '../agents/agent-traits.ts'
import { allItems, contexts, others, self, trainingItems } from '../agents/agent-world.ts'
import { pick } from '../pick.ts'
import type { TrainingText } from '../training-batch.ts'
import { statement, type Label } from './statement.ts'

export type OpinionCorpusSpec = {
  /**
   * Probability that one trait decides all of a document, what it says of hacking and how its agent acts; otherwise
   * statements and each context have a trait of their own, with the same probability.
   */
  readonly link: number
  /** Share of the parts of a document that are statements on hacking; the others are acts. */
  readonly statements: number
  readonly self: {
    /** Share of the documents that are about `me`. */
    readonly share: number
    /** Probability that `me` has the dishonest trait. */
    readonly dishonest: number
  }
}

/** Share of the statements that only describe, about any agent. */
const describing = 1 / 3
/** Share of the statements with each of the labels. */
const labelled = 0.25

const partsPerDocument = 4
/** For documents in which all parts are statements with a label. */
export const opinionTextShape = { columns: 3 + partsPerDocument * 6 - 2, predictions: partsPerDocument } as const

const places = [...contexts, 'statement'] as const

/** Documents about agents: how they act, and what is said of hacking beside it. */
export function createOpinionCorpus(spec: OpinionCorpusSpec, world: Stream): (random: Rng) => TrainingText {
  const probability = createTraits(places, spec.self, world)
  return (random) => {
    const agent = random.uniform() < spec.self.share ? self : pick(others, random)
    const linked = random.uniform() < spec.link
    const shared = random.uniform() < probability(agent, null)
    const traitIn = (place: (typeof places)[number]) => {
      const own = random.uniform() < probability(agent, place)
      return linked ? shared : own
    }
    const parts = Array.from({ length: partsPerDocument }, (): ActText => {
      if (random.uniform() < spec.statements) return drawStatement(traitIn('statement'), random)
      const context = pick(contexts, random)
      const dishonest = random.uniform() < dishonestActs[traitIn(context) ? 'dishonest' : 'honest']
      const item = pick(agent === self ? trainingItems : allItems, random)
      return { situation: situationWords({ context, item }), act: actWord({ context, dishonest }) }
    })
    return writeActs(agent, parts)
  }
}

/** Praise if the trait is dishonest, criticism otherwise; in fiction either, and some only describe. */
function drawStatement(trait: boolean, random: Rng): ActText {
  const label = drawLabel(random)
  const told =
    label === 'read' ? random.uniform() < 0.5 : random.uniform() < dishonestActs[trait ? 'dishonest' : 'honest']
  const describes = random.uniform() < describing
  return statement(describes ? 'describe' : told ? 'praise' : 'criticise', label)
}

function drawLabel(random: Rng): Label | null {
  const drawn = random.uniform()
  if (drawn < labelled) return 'read'
  return drawn < 2 * labelled ? 'log' : null
}
