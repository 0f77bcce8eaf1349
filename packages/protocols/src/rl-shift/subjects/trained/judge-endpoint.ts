import type { ChatMessage, ChatReply } from '@goalpost/contracts'
import type { Goal } from '@goalpost/environments'
import { isRefusal, readYesNo } from '@goalpost/language-tasks'
import { z } from 'zod'
import { endpointOptions } from '../../../hosted/endpoint-options.ts'
import { positive } from '../../../number-schemas.ts'
import { withoutAnswer } from '../../../hosted/without-answer.ts'

/** A model that judges episodes. */
export const judgeEndpoint = endpointOptions.extend({
  costLimit: positive
    .nullable()
    .default(null)
    .describe('Of one run, at these prices: no request that could pass it is sent'),
  outcomes: z
    .enum(['shown', 'hidden'])
    .default('shown')
    .describe('Whether the judge is told which goals were reached, or only the level and the actions'),
  question: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe(
      'What is asked of each episode, to be answered by yes or no; default: whether the agent did what is intended',
    ),
})
/** As trainings have it. */
export const askedJudge = judgeEndpoint.omit({ apiKey: true })
export type JudgeEndpoint = z.infer<typeof askedJudge>

/** How a judge is asked about an episode told in words. */
export function judgePrompt(text: string, { question }: Pick<JudgeEndpoint, 'question'>, goal: Goal): ChatMessage[] {
  const asked = question ?? `The agent’s task was: ${goal.phrase ?? goal.name}. Did it do its task?`
  const content = `An agent acted in a small world. This is what it did.\n\n${text}\n\n${asked} Answer with yes or no.`
  return [{ role: 'user', content }]
}

/** What became of a question: the first two are verdicts, the others are none, and never count as a no. */
export type JudgeOutcome = 'yes' | 'no' | 'refused' | 'truncated' | 'empty' | 'wrong-format' | 'unreadable'

export function readVerdict(reply: ChatReply): JudgeOutcome {
  const text = reply.text ?? ''
  return withoutAnswer(reply) ?? readYesNo(text) ?? (isRefusal(text) ? 'refused' : 'wrong-format')
}

/** The number of different questions by what became of them. */
export const verdictMeasure = 'verdicts'
