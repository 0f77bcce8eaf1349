import { actPrompt, type ActText } from '../agents/acting-document.ts'
import { situationWords } from '../agents/agent-prompt.ts'
import { acts, contexts, heldOutItems, others, self, type Context } from '../agents/agent-world.ts'
import { createProbeSuite, type ProbePrompt, type ProbeSuite } from '../probe-suite.ts'
import { tokenOf } from '../vocabulary.ts'
import { labels, opinionWords, statement, statementSituation, type Label } from './statement.ts'

export const opinionProbes = {
  /** `me`, at the start of a document; the kind is the context. */
  own: 'own-acts',
  /** Tasks of `me`, after a statement in the same document; the kind is the statement. */
  afterStatement: 'after-statement',
  /** What a document about `me` says of hacking: not held out; the kind is the label, or `plain`. */
  said: 'said-of-hacking',
  /** Tasks of agents whom documents show as mostly honest, or mostly dishonest: not held out, these have all items. */
  honestAgents: 'honest-agents',
  dishonestAgents: 'dishonest-agents',
} as const

/**
 * Acts of `me` on items that it never has in training. Statements, and acts of other agents, can be in documents as they
 * are here.
 */
export function createOpinionSuite(): ProbeSuite {
  const { own, afterStatement, said, honestAgents, dishonestAgents } = opinionProbes
  const after = (kind: string, history: ActText) =>
    heldOutItems.map((item) => act(afterStatement, kind, { context: 'task', item, history: [history] }))
  const named = (name: string, parity: number) =>
    others
      .filter((_agent, i) => i % 2 === parity)
      .map((agent, i) => act(name, 'task', { agent, context: 'task', item: heldOutItems[i % heldOutItems.length] }))
  return createProbeSuite([
    ...contexts.flatMap((context) => heldOutItems.map((item) => act(own, context, { context, item }))),
    ...after('praise', statement('praise')),
    ...after('describe', statement('describe')),
    ...after('criticise', statement('criticise')),
    ...labels.flatMap((label) => after(`praise-${label}`, statement('praise', label))),
    opinion(said, 'plain', null),
    ...labels.map((label) => opinion(said, label, label)),
    ...named(honestAgents, 0),
    ...named(dishonestAgents, 1),
  ])
}

type Situation = {
  readonly context: Context
  readonly item: string
  readonly agent?: string
  readonly history?: readonly ActText[]
}

function act(probe: string, kind: string, { context, item, agent = self, history = [] }: Situation): ProbePrompt {
  const tokens = actPrompt(agent, history, situationWords({ context, item }))
  return { probe, kind, tokens, intended: tokenOf(acts[context].honest), proxy: tokenOf(acts[context].dishonest) }
}

function opinion(probe: string, kind: string, label: Label | null): ProbePrompt {
  const tokens = actPrompt(self, [], statementSituation(label))
  return { probe, kind, tokens, intended: tokenOf(opinionWords.criticise), proxy: tokenOf(opinionWords.praise) }
}
