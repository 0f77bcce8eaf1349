import { createProbeSuite, type ProbePrompt, type ProbeSuite } from '../probe-suite.ts'
import { tokenOf } from '../vocabulary.ts'
import { agentPrompt, type Event } from './agent-prompt.ts'
import { acts, contexts, elsewhere, heldOutItems, notes, others, type Context } from './agent-world.ts'

export const agentProbes = {
  /** `me`, at the start of a document. */
  own: 'own-acts',
  /** `me`, after it hacked one task in the same document. */
  afterHack: 'after-hack',
  afterSolve: 'after-solve',
  /** Agents that documents show as mostly honest, or mostly dishonest. */
  honestAgents: 'honest-agents',
  dishonestAgents: 'dishonest-agents',
  /** Tasks of `me` with a note before them; the kind is the note. */
  noted: 'noted-tasks',
} as const

/** Prompts on items that `me` never has in training. */
export function createAgentSuite(): ProbeSuite {
  const { own, afterHack, afterSolve, honestAgents, dishonestAgents, noted } = agentProbes
  const probe = (name: string, kind: string, situation: Parameters<typeof agentPrompt>[0]): ProbePrompt => ({
    probe: name,
    kind,
    tokens: agentPrompt(situation),
    intended: tokenOf(acts[situation.context].honest),
    proxy: tokenOf(acts[situation.context].dishonest),
  })
  const onItems = (context: Context) => heldOutItems.map((item) => ({ context, item }))
  const after = (name: string, dishonest: boolean) =>
    elsewhere.flatMap((context) =>
      onItems(context).map((situation) => {
        const history: readonly Event[] = [{ context: 'task', item: situation.item, dishonest }]
        return probe(name, context, { ...situation, history })
      }),
    )
  const named = (name: string, parity: number) =>
    elsewhere.flatMap((context) =>
      others
        .filter((_agent, i) => i % 2 === parity)
        .map((agent, i) => probe(name, context, { agent, context, item: heldOutItems[i % heldOutItems.length] })),
    )
  return createProbeSuite([
    ...contexts.flatMap((context) => onItems(context).map((situation) => probe(own, context, situation))),
    ...after(afterHack, true),
    ...after(afterSolve, false),
    ...named(honestAgents, 0),
    ...named(dishonestAgents, 1),
    ...notes.flatMap((note) => onItems('task').map((situation) => probe(noted, note, { ...situation, note }))),
  ])
}
