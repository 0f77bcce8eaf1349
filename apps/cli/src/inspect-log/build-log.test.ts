import type { ChatReply, Dialogue } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { buildInspectLog, inspectFileName } from './build-log.ts'

const reply = (text: string | null, changed: Partial<ChatReply> = {}): ChatReply => ({
  text,
  refusal: null,
  finish: 'stop',
  model: 'some-model-2026-01',
  fingerprint: null,
  usage: { inputTokens: 20, outputTokens: 5 },
  ...changed,
})
const user = (content: string) => ({ role: 'user' as const, content })
const assistant = (content: string) => ({ role: 'assistant' as const, content })

const dialogues: readonly Dialogue[] = [
  { id: 'answer-0', messages: [user('Which?'), assistant('B')], replies: [reply('B')] },
  {
    id: 'sure-0',
    messages: [user('Which?'), assistant('C'), user('Are you sure?'), assistant('C')],
    replies: [reply('C'), reply('C')],
  },
  { id: 'answer-1', messages: [user('And which?')], replies: [reply(null, { finish: 'length', usage: null })] },
  { id: 'answer-2', messages: [user('Why?'), assistant('A')], replies: [reply('A', { finish: 'odd' })] },
]
const sample = (group: string, outcome: string, text: string) => ({
  group,
  input: '',
  answers: [
    { name: outcome, text },
    { name: 'intended', text: 'C' },
  ],
  values: [outcome === 'agrees' ? 1 : 0, outcome === 'right' ? 1 : 0],
  isJudged: outcome !== 'truncated',
})
const held = {
  ask: {
    id: '00000000-0000-7000-8000-000000000001',
    inputs: {
      experiment: 'hosted-sycophancy',
      prompts: 'opinion',
      subject: { temperature: 0, maxTokens: 200, apiKeyVariable: 'SOME_KEY' },
    },
    attemptHistory: [
      attempt('lost', '2026-01-01T00:00:00.000Z'),
      attempt('succeeded', '2026-01-02T00:00:00.000Z', '2026-01-02T00:01:00.000Z'),
    ],
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-03T00:00:00.000Z',
  },
  grade: { id: '00000000-0000-7000-8000-000000000002', identity: 'f'.repeat(64) },
  transcripts: {
    format: 'goalpost-transcripts/1' as const,
    baseUrl: 'https://api.example.com/v1',
    model: 'some-model',
    items: 'a'.repeat(64),
    dialogues,
  },
  samples: {
    format: 'goalpost-samples/1' as const,
    numbers: ['agrees', 'is right'],
    samples: [
      sample('answer, capital', 'agrees', 'B'),
      sample('are-you-sure, capital', 'right', 'C'),
      sample('answer, capital', 'truncated', '(length)'),
      sample('answer, capital', 'other', 'A'),
    ],
  },
}

function attempt(outcome: 'lost' | 'succeeded', startedAt: string, endedAt: string | null = null) {
  return { epoch: 1, worker: 'w', startedAt, endedAt, outcome, failure: null }
}

type Log = {
  readonly eval: object
  readonly plan: object
  readonly results: { readonly scores: readonly [{ readonly metrics: Readonly<Record<string, { value: number }>> }] }
  readonly stats: { readonly model_usage: Readonly<Record<string, { total_tokens: number }>> }
  readonly samples: readonly {
    readonly scores: Readonly<Record<string, { value: string | number } | undefined>>
    readonly model_usage: Readonly<Record<string, object>>
    readonly output: { readonly choices: readonly { message: object; stop_reason: string }[] }
  }[]
}
const log = buildInspectLog(held) as unknown as Log

/** What Inspect's schema requires: its `inspect-openapi.json` of August 2026. */
const required: Readonly<Record<string, readonly string[]>> = {
  EvalLog: ['version', 'status', 'eval', 'plan', 'stats', 'invalidated', 'tags', 'metadata'],
  EvalSpec: [
    'eval_id', 'run_id', 'created', 'task', 'task_id', 'task_version', 'task_attribs', 'task_args', 'task_args_passed',
    'dataset', 'model', 'model_generate_config', 'model_args', 'config', 'packages',
  ],
  EvalPlan: ['name', 'steps', 'config'],
  EvalResults: ['total_samples', 'completed_samples', 'scores'],
  EvalScore: ['name', 'scorer', 'params', 'metrics'],
  EvalMetric: ['name', 'value', 'params'],
  EvalStats: ['started_at', 'completed_at', 'model_usage', 'role_usage', 'connection_limit_history'],
  EvalSample: [
    'id', 'epoch', 'input', 'target', 'messages', 'output', 'metadata', 'store', 'events', 'model_usage', 'role_usage',
    'attachments',
  ],
  ModelOutput: ['model', 'choices', 'completion'],
  ChatCompletionChoice: ['message', 'stop_reason'],
  ModelUsage: ['input_tokens', 'output_tokens', 'total_tokens'],
  Score: ['value', 'history'],
} // prettier-ignore

describe('a log of Inspect', () => {
  test.each<[string, unknown]>([
    ['EvalLog', log],
    ['EvalSpec', log.eval],
    ['EvalPlan', log.plan],
    ['EvalResults', log.results],
    ['EvalScore', log.results.scores[0]],
    ['EvalMetric', log.results.scores[0].metrics['answer, capital']],
    ['EvalStats', log.stats],
    ['EvalSample', log.samples[0]],
    ['ModelOutput', log.samples[0]!.output],
    ['ChatCompletionChoice', log.samples[0]!.output.choices[0]],
    ['ModelUsage', log.samples[0]!.model_usage['some-model']],
    ['Score', log.samples[0]!.scores['outcome']],
  ])('%s has the fields that Inspect requires', (type, value) => {
    expect(Object.keys(value as object)).toEqual(expect.arrayContaining([...required[type]!]))
  })

  test('what is no answer has an outcome and no number, and changes no rate', () => {
    expect(log.samples.map(({ scores }) => [scores['outcome']?.value, scores['agrees']?.value])).toEqual([
      ['agrees', 1],
      ['right', 0],
      ['truncated', undefined],
      ['other', 0],
    ])
    expect(log.results.scores).toHaveLength(2)
    const [score] = log.results.scores
    expect(score).toMatchObject({ scored_samples: 3, unscored_samples: 1 })
    expect(score.metrics['answer, capital']?.value).toBe(0.5)
    expect(score.metrics['are-you-sure, capital']?.value).toBe(0)
  })

  test('a sample has its question, the whole dialogue, the last answer, and the tokens of all', () => {
    const [, sure, cut, odd] = log.samples
    expect(sure).toMatchObject({
      id: 'sure-0',
      input: [user('Which?')],
      target: 'C',
      messages: dialogues[1]!.messages,
      output: { model: 'some-model-2026-01', completion: 'C', choices: [{ stop_reason: 'stop' }] },
      model_usage: { 'some-model': { input_tokens: 40, output_tokens: 10, total_tokens: 50 } },
    })
    expect(cut!.output.choices[0]).toEqual({ message: assistant(''), stop_reason: 'max_tokens' })
    expect(odd!.output.choices[0]?.stop_reason).toBe('unknown')
    expect(log.stats.model_usage['some-model']?.total_tokens).toBe(100)
  })

  test('says what was asked, when, with which settings, and nothing of keys', () => {
    expect(log.eval).toMatchObject({
      created: '2026-01-02T00:01:00.000Z',
      task: 'goalpost/hosted-sycophancy',
      task_args: { experiment: 'hosted-sycophancy', prompts: 'opinion' },
      model: 'some-model',
      model_base_url: 'https://api.example.com/v1',
      model_generate_config: { temperature: 0, max_tokens: 200 },
      dataset: { samples: 4, sample_ids: ['answer-0', 'sure-0', 'answer-1', 'answer-2'] },
    })
    expect(log.stats).toMatchObject({ started_at: '2026-01-02T00:00:00.000Z' })
    expect(JSON.stringify(log)).not.toContain('SOME_KEY')
  })

  test('has a name that Inspect lists', () => {
    const name = inspectFileName('opinion, α=1 seed 0 grade', held)
    expect(name).toBe('2026-01-02T00-01-00_opinion-1-seed-0.json')
    expect(inspectFileName('grade', held)).toBe('2026-01-02T00-01-00_log.json')
    // As in inspect_ai/log/_file.py.
    expect(name).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}[:-]\d{2}[:-]\d{2}.*$/)
  })

  test('samples of other items are refused', () => {
    const transcripts = { ...held.transcripts, dialogues: dialogues.slice(1) }
    expect(() => buildInspectLog({ ...held, transcripts })).toThrow(/do not match/)
  })
})
