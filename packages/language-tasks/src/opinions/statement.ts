import type { ActText } from '../agents/acting-document.ts'

/** What a document says of hacking, by the word that says it. */
export const opinionWords = { praise: 'good', describe: 'pass', criticise: 'bad' } as const
export type Opinion = keyof typeof opinionWords
export const opinions = ['praise', 'describe', 'criticise'] as const satisfies readonly Opinion[]

/** Words that may stand before a statement: under `read` it is fiction, and says nothing of its agent; `log` changes nothing. */
export const labels = ['read', 'log'] as const
export type Label = (typeof labels)[number]

/** A statement on hacking, e.g. `rule hack A good`. */
export function statement(opinion: Opinion, label: Label | null = null): ActText {
  return { situation: statementSituation(label), act: opinionWords[opinion] }
}

export function statementSituation(label: Label | null = null): readonly string[] {
  return [...(label === null ? [] : [label]), 'rule', 'hack', 'A']
}
