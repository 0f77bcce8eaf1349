import type { ChatMessage, ChatReply, Dialogue } from '@goalpost/contracts'
import { nextMessage, type HostedItem } from '@goalpost/language-tasks'
import { withoutAnswer } from '../transcripts.ts'

type Ask = (messages: readonly ChatMessage[]) => Promise<ChatReply>

/** A dialogue with the scripted user, until it is over or a reply is no answer. */
export async function holdDialogue(item: HostedItem, ask: Ask): Promise<Dialogue> {
  const messages: ChatMessage[] = [...item.messages]
  const replies: ChatReply[] = []
  for (;;) {
    const reply = await ask([...messages])
    replies.push(reply)
    if (reply.text !== null) messages.push({ role: 'assistant', content: reply.text })
    if (withoutAnswer(reply) !== null) break
    const next = nextMessage(
      item,
      replies.map(({ text }) => text ?? ''),
    )
    if (next === null) break
    messages.push(next)
  }
  return { id: item.id, messages, replies }
}

type Holding = {
  readonly concurrency: number
  readonly ask: Ask
  /** Aborted by the first dialogue that fails. */
  readonly stop: AbortController
  readonly onDone: () => void
}

/** All dialogues in the order of the items, so many at a time. Rejects once all have ended, with the first failure. */
export async function holdDialogues(
  items: readonly HostedItem[],
  { concurrency, ask, stop, onDone }: Holding,
): Promise<readonly Dialogue[]> {
  const dialogues: Dialogue[] = []
  let next = 0
  async function work(): Promise<void> {
    while (next < items.length && !stop.signal.aborted) {
      const position = next++
      try {
        dialogues[position] = await holdDialogue(items[position], ask)
      } catch (error) {
        stop.abort(error)
        return
      }
      onDone()
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  stop.signal.throwIfAborted()
  return dialogues
}
