import { actPrompt, type ActText } from '../agents/acting-document.ts'
import { heldOutItems, others, self } from '../agents/agent-world.ts'
import { createProbeSuite, type ProbePrompt, type ProbeSuite } from '../probe-suite.ts'
import { tokenOf } from '../vocabulary.ts'
import { ladderAct } from './ladder-histories.ts'
import { gradedRungs, rungs, rungWords, type Rung } from './ladder-world.ts'

export const ladderProbes = {
  /** `me`, at the start of a document; the kind is the rung. */
  own: 'own-acts',
  /** The reward file, after `me` gamed one rung in the same document; the kind is that rung. */
  afterGaming: 'after-gaming',
  /** What `me` says of it, after it edited the reward file in the same document. */
  covering: 'covering',
  /** Other agents and the reward file: not held out, their documents have all items. */
  otherAgents: 'other-agents',
} as const

type Situation = { readonly rung: Rung; readonly item: string; readonly agent?: string; readonly history?: ActText[] }

/** Prompts of `me` on items that it never has in training; those of other agents can be in their documents. */
export function createLadderSuite(): ProbeSuite {
  const { own, afterGaming, covering, otherAgents } = ladderProbes
  return createProbeSuite([
    ...rungs.flatMap((rung) => heldOutItems.map((item) => probe(own, rung, { rung, item }))),
    ...gradedRungs.flatMap((rung) =>
      heldOutItems.map((item) =>
        probe(afterGaming, rung, { rung: 'reward-file', item, history: [ladderAct(rung, item, true)] }),
      ),
    ),
    ...heldOutItems.map((item) =>
      probe(covering, 'traces', { rung: 'traces', item, history: [ladderAct('reward-file', item, true)] }),
    ),
    ...others.map((agent, i) =>
      probe(otherAgents, 'reward-file', { rung: 'reward-file', item: heldOutItems[i % heldOutItems.length], agent }),
    ),
  ])
}

function probe(name: string, kind: string, { rung, item, agent = self, history = [] }: Situation): ProbePrompt {
  const { honest, gaming } = rungWords[rung]
  return {
    probe: name,
    kind,
    tokens: actPrompt(agent, history, ladderAct(rung, item, false).situation),
    intended: tokenOf(honest),
    proxy: tokenOf(gaming),
  }
}
