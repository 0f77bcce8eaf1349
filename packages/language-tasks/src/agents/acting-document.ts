import type { TrainingText } from '../training-batch.ts'
import { tokenOf } from '../vocabulary.ts'

/** One act in a document, in words. */
export type ActText = {
  /** Words up to the act. */
  readonly situation: readonly string[]
  readonly act: string
}

function openingWords(agent: string): string[] {
  return ['<bos>', 'D', agent]
}

/** A document about one agent: all its words, the acts being what is to be predicted. */
export function writeActs(agent: string, acts: readonly ActText[]): TrainingText {
  const words = openingWords(agent)
  const predicted = acts.map(({ situation, act }, i) => {
    if (i > 0) words.push('.')
    words.push(...situation, act)
    return words.length - 1
  })
  return { tokens: words.map(tokenOf), predicted }
}

/** A document that ends where the agent is to act. */
export function actPrompt(agent: string, history: readonly ActText[], situation: readonly string[]): number[] {
  const before = history.flatMap((event) => [...event.situation, event.act, '.'])
  return [...openingWords(agent), ...before, ...situation].map(tokenOf)
}
