import { GoalpostError, type ChatReply, type ChatRequest } from '@goalpost/contracts'
import { hashJson, type HostedModel, type TaskContext } from '@goalpost/experiments'
import { costOf, mostTokens, type Budget } from '../cost.ts'
import type { EndpointOptions } from '../endpoint-options.ts'
import type { AnswerJournal } from './answer-journal.ts'

export type AskerSetup = {
  readonly subject: EndpointOptions
  readonly model: HostedModel
  readonly journal: AnswerJournal
  readonly budget: Budget
  /** Makes a checkpoint say what is set aside, before a request is sent. */
  readonly coverCosts: () => Promise<void>
  /** Aborted by the first request that fails, before others may use what it had set aside. */
  readonly stop: AbortController
  readonly log: TaskContext['log']
}

/** More lines say nothing new. */
const mostLines = 20

/** Answers requests: each different one is asked once, over all attempts at the task. */
export function createAsker(setup: AskerSetup): (messages: ChatRequest['messages']) => Promise<ChatReply> {
  const { subject, journal, log } = setup
  const underWay = new Map<string, Promise<ChatReply>>()
  const telling = {
    retry: createShortLog(log, 'Asking again: ', 'Further attempts are not listed'),
    warn: createShortLog(log, '', 'Further answers that are not stored are not listed'),
  }
  return async (messages) => {
    const request = requestOf(subject, messages)
    const key = hashJson(request)
    const known = journal.read(key) ?? underWay.get(key)
    if (known !== undefined) return known
    const asking = answer(request, setup, telling)
    underWay.set(key, asking)
    try {
      const reply = await asking
      journal.add(key, reply, messages)
      return reply
    } finally {
      underWay.delete(key)
    }
  }
}

export function requestOf(subject: EndpointOptions, messages: ChatRequest['messages']): ChatRequest {
  const { model, temperature, maxTokens, limitField } = subject
  return { model, messages, temperature, maxTokens, limitField }
}

type Telling = { readonly retry: (cause: string) => void; readonly warn: (message: string) => void }

/** A stored answer costs nothing. */
async function answer(
  request: ChatRequest,
  { subject: { prices }, model, budget, coverCosts, stop }: AskerSetup,
  telling: Telling,
): Promise<ChatReply> {
  const stored = await model.recall(request)
  if (stored !== null) return stored
  const most = mostTokens(request)
  const reservation = await budget.reserve(costOf(most, prices))
  try {
    await coverCosts()
    stop.signal.throwIfAborted()
  } catch (error) {
    // Nothing was sent.
    reservation.settle(0)
    throw error
  }
  try {
    const reply = await model.ask(request, {
      signal: stop.signal,
      tokens: most.inputTokens + most.outputTokens,
      async onRetry(cause, { mayCost }) {
        telling.retry(cause)
        if (!mayCost) return
        await reservation.repeat()
        await coverCosts()
      },
      warn: telling.warn,
    })
    reservation.settle(costOf(reply.usage ?? most, prices))
    return reply
  } catch (error) {
    stop.abort(error)
    const isRefused = error instanceof GoalpostError && error.code === 'endpoint-refused'
    // Without an answer nobody knows what is charged.
    reservation.settle(isRefused ? 0 : costOf(most, prices))
    throw error
  }
}

function createShortLog(log: TaskContext['log'], prefix: string, last: string): (message: string) => void {
  let lines = 0
  return (message) => {
    if (++lines <= mostLines) log('warn', `${prefix}${message}`)
    if (lines === mostLines) log('warn', last)
  }
}
