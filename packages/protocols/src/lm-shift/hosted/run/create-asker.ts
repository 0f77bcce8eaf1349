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
  readonly signal: AbortSignal
  readonly log: TaskContext['log']
}

/** More lines say nothing new. */
const mostRetryLines = 20

/** Answers requests: each different one is asked once, whatever the attempts at the task. */
export function createAsker(setup: AskerSetup): (messages: ChatRequest['messages']) => Promise<ChatReply> {
  const { subject, journal } = setup
  const underWay = new Map<string, Promise<ChatReply>>()
  const tellRetry = createRetryLog(setup.log)
  return async (messages) => {
    const request = requestOf(subject, messages)
    const key = hashJson(request)
    const known = journal.read(key) ?? underWay.get(key)
    if (known !== undefined) return known
    const asking = answer(request, setup, tellRetry)
    underWay.set(key, asking)
    try {
      const reply = await asking
      journal.add(key, reply)
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

/** A stored answer costs nothing. */
async function answer(
  request: ChatRequest,
  { subject: { prices }, model, budget, signal }: AskerSetup,
  tellRetry: (cause: string) => void,
): Promise<ChatReply> {
  const stored = await model.recall(request)
  if (stored !== null) return stored
  const most = mostTokens(request)
  const reservation = await budget.reserve(costOf(most, prices))
  signal.throwIfAborted()
  try {
    const reply = await model.ask(request, {
      signal,
      tokens: most.inputTokens + most.outputTokens,
      async onRetry(cause, { mayCost }) {
        tellRetry(cause)
        if (mayCost) await reservation.repeat()
      },
    })
    reservation.settle(costOf(reply.usage ?? most, prices))
    return reply
  } catch (error) {
    const isRefused = error instanceof GoalpostError && error.code === 'endpoint-refused'
    // Without an answer nobody knows what is charged.
    reservation.settle(isRefused ? 0 : costOf(most, prices))
    throw error
  }
}

function createRetryLog(log: TaskContext['log']): (cause: string) => void {
  let lines = 0
  return (cause) => {
    if (++lines <= mostRetryLines) log('warn', `Asking again: ${cause}`)
    if (lines === mostRetryLines) log('warn', 'Further attempts are not listed')
  }
}
