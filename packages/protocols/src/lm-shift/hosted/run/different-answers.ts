import type { Dialogue } from '@goalpost/contracts'
import type { Answered } from '../../../hosted/run/summarise-usage.ts'

/** What was asked in dialogues, with its answers: equal requests once. */
export function differentAnswers(dialogues: readonly Dialogue[]): readonly Answered[] {
  const all = dialogues.flatMap(({ messages, replies }) => {
    const places = messages.flatMap(({ role }, i) => (role === 'assistant' ? [i] : []))
    return replies.map((reply, i) => ({ asked: messages.slice(0, places[i] ?? messages.length), reply }))
  })
  return [...new Map(all.map((answer) => [JSON.stringify(answer.asked), answer])).values()]
}
