import type { ChatMessage, ChatReply, Dialogue } from '@goalpost/contracts'
import { nextMessage, type HostedItem } from '@goalpost/language-tasks'
import { inOrder } from '../../../hosted/run/in-order.ts'
import { withoutAnswer } from '../../../hosted/without-answer.ts'

type Ask = (messages: readonly ChatMessage[]) => Promise<ChatReply>

/** A dialogue with the scripted user, until it is over or a reply is no answer. */
async function holdDialogue(item: HostedItem, ask: Ask): Promise<Dialogue> {
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
  readonly stop: AbortController
  readonly onDone: () => void
}

/** All dialogues in the order of the items, as `inOrder` does it. */
export function holdDialogues(
  items: readonly HostedItem[],
  { ask, onDone, ...pool }: Holding,
): Promise<readonly Dialogue[]> {
  return inOrder(items, {
    ...pool,
    async of(item) {
      const dialogue = await holdDialogue(item, ask)
      onDone()
      return dialogue
    },
  })
}
