import type { InputIssue } from '@goalpost/contracts'
import { checkCosts } from '../../hosted/check-costs.ts'
import type { HostedOptions } from './hosted-options.ts'
import { costOf, mostTokens } from '../../hosted/cost.ts'
import { hostedExperiments } from './hosted-experiments.ts'

/** Rules across fields. */
export function checkHosted({ subject }: HostedOptions): readonly InputIssue[] {
  return checkCosts(subject, '/subject')
}

/** What an asking takes at most, before anything is asked. */
export function adviseOnHosted({ experiment, prompts, subject }: HostedOptions): readonly string[] {
  const { items } = hostedExperiments[experiment].suite(prompts)
  const { prices, maxTokens, costLimit } = subject
  const asked = `${items.length} dialogues are held with ${subject.model}`
  if (prices === null) return [`${asked}. Without prices there is no cost limit.`]
  const first = items.reduce((sum, { messages }) => sum + costOf(mostTokens({ messages, maxTokens }), prices), 0)
  const most = `their first requests cost at most ${Number(first.toPrecision(2))}`
  return [
    costLimit === null
      ? `${asked}; ${most}, and there is no cost limit.`
      : `${asked}; ${most}, the limit is ${costLimit}.`,
  ]
}
