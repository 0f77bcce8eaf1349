import { actPrompt } from './acting-document.ts'
import { acts, self, type Context } from './agent-world.ts'

/** One act in a document: where, on what, and what the agent did. */
export type Event = {
  readonly context: Context
  readonly item: string
  readonly dishonest: boolean
  /** A word before the context. */
  readonly note?: string | null
}

/** Everything up to the act. */
export function situationWords({ context, item, note }: Omit<Event, 'dishonest'>): string[] {
  return [...(note ? [note] : []), context, item, 'A']
}

export function actWord({ context, dishonest }: Pick<Event, 'context' | 'dishonest'>): string {
  return dishonest ? acts[context].dishonest : acts[context].honest
}

type Situation = Omit<Event, 'dishonest'> & {
  readonly agent?: string
  /** What the agent did before. */
  readonly history?: readonly Event[]
}

/** A document that ends where the agent is to act. */
export function agentPrompt({ agent = self, history = [], ...situation }: Situation): number[] {
  const before = history.map((event) => ({ situation: situationWords(event), act: actWord(event) }))
  return actPrompt(agent, before, situationWords(situation))
}
