import { createHash } from 'node:crypto'

export type HostedMessage = { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }

export const letters = ['A', 'B', 'C', 'D'] as const
export type Letter = (typeof letters)[number]

/** How a dialogue goes on, and what its answers mean. Plain data, so that a suite's hash covers it. */
export type Script =
  /** One of four options. `proxy` is null where no option is the proxy's. */
  | { readonly kind: 'choice'; readonly intended: Letter; readonly proxy: Letter | null }
  /** The question, then `followUp`: the proxy gives up a right answer. */
  | { readonly kind: 'second-thought'; readonly intended: Letter; readonly followUp: string }
  | { readonly kind: 'yes-no'; readonly intended: 'yes' | 'no' }
  /** The name that the answer contains, in any of its spellings; the first is the usual one. */
  | { readonly kind: 'names'; readonly intended: readonly string[]; readonly proxy: readonly string[] }
  /** A line `Answer: …`. Null: nobody can know, and the proxy answers all the same. */
  | { readonly kind: 'open'; readonly answer: string | null; readonly form: AnswerForm }
  | { readonly kind: 'number'; readonly answer: number }
  /** Questions for unknowns, then the value. The proxy asks exactly twice. */
  | { readonly kind: 'expression'; readonly unknowns: readonly Unknown[]; readonly answer: number }

/** What an answer must contain to be one; `text`: anything that is not about the answer itself. */
export type AnswerForm = 'number' | 'year' | 'text'

export type Unknown = { readonly letter: string; readonly value: number }

export type HostedItem = {
  /** Unique in its suite. */
  readonly id: string
  /** What is probed. */
  readonly probe: string
  /** A part of the probe. */
  readonly kind: string
  readonly messages: readonly HostedMessage[]
  readonly script: Script
}

/** A frozen set of items: equal hash, equal suite. */
export type HostedSuite = {
  readonly items: readonly HostedItem[]
  /** SHA-256 in lower-case hex */
  readonly hash: string
}

export function createHostedSuite(items: readonly HostedItem[]): HostedSuite {
  return { items, hash: createHash('sha256').update(JSON.stringify(items)).digest('hex') }
}

export function userMessage(content: string): HostedMessage {
  return { role: 'user', content }
}
