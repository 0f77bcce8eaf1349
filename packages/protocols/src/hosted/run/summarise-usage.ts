import type { ChatMessage, ChatReply, TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { costOf, mostTokens } from '../cost.ts'
import type { EndpointOptions } from '../endpoint-options.ts'
import { usageMeasures } from '../usage-measures.ts'

export type Answered = { readonly asked: readonly ChatMessage[]; readonly reply: ChatReply }

/** What different requests took, and which models answered. Answers that were stored before count, too. */
export function summariseUsage(
  context: Pick<TaskContext, 'log'>,
  { prices, maxTokens }: EndpointOptions,
  answers: readonly Answered[],
): TaskResult['measures'] {
  const used = answers.map(({ asked, reply }) => reply.usage ?? mostTokens({ messages: asked, maxTokens }))
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  const measure = (name: string, value: number, labels: Record<string, string> = {}) => ({ name, labels, value })
  const named = Map.groupBy(answers, ({ reply }) => reply.model ?? 'unnamed')
  if (named.size > 1) context.log('warn', `Several models have answered: ${[...named.keys()].join(', ')}`)
  const builds = Map.groupBy(answers, ({ reply }) => reply.fingerprint ?? 'none')
  return [
    measure(usageMeasures.requests, answers.length),
    measure(usageMeasures.inputTokens, total(used.map(({ inputTokens }) => inputTokens))),
    measure(usageMeasures.outputTokens, total(used.map(({ outputTokens }) => outputTokens))),
    ...(prices === null ? [] : [measure(usageMeasures.cost, total(used.map((usage) => costOf(usage, prices))))]),
    ...[...named].map(([model, own]) => measure(usageMeasures.answersOfModel, own.length, { model })),
    ...[...builds].map(([fingerprint, own]) => measure(usageMeasures.answersOfBuild, own.length, { fingerprint })),
  ]
}
