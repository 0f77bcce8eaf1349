import { GoalpostError, type ChatReply, type ChatRequest } from '@goalpost/contracts'
import type { HostedCall } from '@goalpost/experiments'
import { decideRetry } from './decide-retry.ts'
import { explainError, explainStatus, parseJson, unreadable, type AttemptFailure } from './explain-attempt.ts'
import type { Pace } from './pace.ts'
import { readReply, withoutAnswer } from './read-reply.ts'
import type { Send, Sent } from './send-request.ts'

export type Surroundings = {
  readonly send: Send
  readonly pace: Pace
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly removeSecrets: (text: string) => string
}

type Attempt = { readonly reply: ChatReply } | { readonly failure: AttemptFailure }

/** A reply that cannot be read may be an accident: it is asked for once more. */
const unreadableAttempts = 2

const longestMessage = 300

/** Asks until there is an answer, or no hope of one. */
export async function askUntilAnswered(
  request: ChatRequest,
  { signal, tokens, onRetry }: HostedCall,
  { send, pace, sleep, removeSecrets }: Surroundings,
): Promise<ChatReply> {
  let unreadables = 0
  for (let attempt = 1; ; attempt++) {
    const delay = pace.reserveMs(tokens)
    if (delay > 0) await sleep(delay, signal)
    const outcome = await tryOnce(() => send(request, signal), signal)
    if ('reply' in outcome) return outcome.reply
    const { failure } = outcome
    const cause = removeSecrets(failure.message).slice(0, longestMessage)
    if (failure.kind === 'unreadable') {
      if (++unreadables >= unreadableAttempts) return withoutAnswer('unreadable')
      await onRetry(cause, { mayCost: true })
      continue
    }
    if (failure.kind === 'final')
      throw new GoalpostError('endpoint-refused', `The endpoint refuses the request: ${cause}`)
    const waitMs = decideRetry({ ...failure, attempt, luck: Math.random() })
    if (waitMs === null) throw new GoalpostError('endpoint-failed', `The endpoint gives no answer: ${cause}`)
    await onRetry(cause, { mayCost: failure.status === null })
    // A limit holds for all requests, not only for the one that met it.
    if (failure.status === 429) pace.holdMs(waitMs)
    else await sleep(waitMs, signal)
  }
}

async function tryOnce(send: () => Promise<Sent>, signal: AbortSignal): Promise<Attempt> {
  try {
    return readAttempt(await send())
  } catch (error) {
    signal.throwIfAborted()
    return { failure: explainError(error) }
  }
}

function readAttempt(sent: Sent): Attempt {
  if (sent.status < 200 || sent.status >= 300) {
    const failure = explainStatus(sent, Date.now())
    return failure.kind === 'filtered' ? { reply: withoutAnswer('content_filter') } : { failure }
  }
  const reply = readReply(parseJson(sent.text))
  return reply === null ? { failure: unreadable('the reply is no chat completion') } : { reply }
}
