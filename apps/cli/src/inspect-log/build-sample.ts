import type { ChatReply, Dialogue, Sample } from '@goalpost/contracts'
import { usageOf, type InspectUsage } from './usage.ts'

type Score = { readonly value: string | number; readonly answer: string | null; readonly history: readonly never[] }

/** `EvalSample` of an Inspect log, as far as there is something to say. */
export type InspectSample = {
  readonly id: string
  readonly epoch: 1
  readonly input: Dialogue['messages']
  readonly target: string
  readonly messages: Dialogue['messages']
  readonly output: Output
  readonly scores: Readonly<Record<string, Score>>
  readonly metadata: { readonly group: string; readonly outcome: string; readonly judged: boolean }
  readonly store: Readonly<Record<string, never>>
  readonly events: readonly never[]
  readonly attachments: Readonly<Record<string, never>>
  readonly model_usage: Readonly<Record<string, InspectUsage>>
  readonly role_usage: Readonly<Record<string, InspectUsage>>
}

type Output = {
  readonly model: string
  readonly choices: readonly {
    readonly message: { readonly role: 'assistant'; readonly content: string }
    readonly stop_reason: string
  }[]
  readonly completion: string
  readonly usage: InspectUsage
}

type Judging = {
  readonly sample: Sample
  /** Names of its values. */
  readonly numbers: readonly string[]
  /** The model that was asked, whichever answered. */
  readonly asked: string
}

/** A dialogue with what became of it. */
export function buildSample({ id, messages, replies }: Dialogue, { sample, numbers, asked }: Judging): InspectSample {
  const [{ name: outcome, text }, expected] = sample.answers
  const beginning = messages.findIndex(({ role }) => role === 'assistant')
  const usage = usageOf(replies)
  const isJudged = sample.isJudged ?? true
  const score = (value: string | number): Score => ({ value, answer: text, history: [] })
  return {
    id,
    epoch: 1,
    input: beginning < 0 ? messages : messages.slice(0, beginning),
    target: expected?.text ?? '',
    messages,
    output: outputOf(replies.at(-1), usage, asked),
    scores: {
      outcome: score(outcome),
      ...(isJudged ? Object.fromEntries(numbers.map((name, i) => [name, score(sample.values[i] ?? 0)])) : {}),
    },
    metadata: { group: sample.group, outcome, judged: isJudged },
    store: {},
    events: [],
    attachments: {},
    model_usage: { [asked]: usage },
    role_usage: {},
  }
}

/** The names that Inspect has for them. */
const stopReasons: Readonly<Record<string, string>> = {
  stop: 'stop',
  length: 'max_tokens',
  content_filter: 'content_filter',
}

function outputOf(last: ChatReply | undefined, usage: InspectUsage, asked: string): Output {
  const content = last?.text ?? last?.refusal ?? ''
  return {
    model: last?.model ?? asked,
    choices: [{ message: { role: 'assistant', content }, stop_reason: stopReasons[last?.finish ?? ''] ?? 'unknown' }],
    completion: content,
    usage,
  }
}
