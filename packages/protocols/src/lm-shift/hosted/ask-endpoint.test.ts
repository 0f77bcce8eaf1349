import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GoalpostError,
  sampleFile,
  taskResult,
  type ChatReply,
  type Checkpoint,
  type TaskResult,
} from '@goalpost/contracts'
import type { ArtifactAccess } from '@goalpost/experiments'
import { readHostedModels } from '@goalpost/hosted-models'
import { completionOf, createMemoryArtifacts, hangUp, startChatServer, type ServedReply } from '@goalpost/testing'
import { describe, expect, test, vi } from 'vitest'
import { lmShift } from '../index.ts'
import { createBudget } from '../../hosted/cost.ts'
import { createFakeModels, testKey, type FakeModels } from '../../hosted/testing/fake-models.ts'
import { agreeingReply, askAndGrade, asking, hostedSpec } from './testing/hosted-run.ts'
import { parseTranscripts } from './transcripts.ts'

const valueOf = ({ measures }: TaskResult, name: string) => measures.find((measure) => measure.name === name)?.value
const countOf = ({ measures }: TaskResult, outcome: string) =>
  measures
    .filter(({ name, labels }) => name === 'items' && labels.outcome === outcome)
    .reduce((sum, { value }) => sum + Number(value), 0)

describe('one condition', () => {
  test('every item is asked and judged; equal requests are asked once', async () => {
    const hostedModels = createFakeModels(agreeingReply)
    const { asked, graded, artifacts } = await askAndGrade(hostedSpec(), { hostedModels })
    for (const result of [asked, graded]) expect(() => taskResult.parse(result)).not.toThrow()
    const sent = hostedModels.asked.map((request) => JSON.stringify(request))
    expect(new Set(sent).size).toBe(sent.length)
    expect(valueOf(asked, 'requests')).toBe(sent.length)
    const file = asked.artifacts.find(({ name }) => name === 'transcripts')
    const { dialogues } = parseTranscripts(await artifacts.read(file?.hash ?? ''))
    const counted = ['proxy', 'intended', 'other', 'not-tested'].map((outcome) => countOf(graded, outcome))
    expect(counted.reduce((sum, count) => sum + count)).toBe(dialogues.length)
    // It agrees with everybody who has an opinion.
    const answers = graded.measures.filter(({ labels }) => labels.probe === 'answer')
    expect(new Set(answers.map(({ labels }) => labels.outcome))).toEqual(new Set(['proxy']))
  })

  test('the number of requests at a time changes nothing in the result', async () => {
    const resultWith = async (concurrency: number) => {
      const hostedModels = createFakeModels(agreeingReply)
      return asking(hostedSpec({}, { concurrency }), { hostedModels }).run()
    }
    expect(await resultWith(1)).toEqual(await resultWith(64))
  })

  test('seeds share the asking, and judging again asks nothing', () => {
    const options = hostedSpec()
    expect(lmShift.plan(options, 1)).toEqual(lmShift.plan(options, 2))
    const [ask, grade] = lmShift.plan(options, 1)
    expect(ask.inputs).toHaveProperty('subject')
    expect(grade.inputs).not.toHaveProperty('subject')
    expect(ask.versions).not.toEqual(grade.versions)
  })

  test.each<[string, string | Partial<ChatReply>]>([
    ['truncated', { text: 'A', finish: 'length' }],
    ['empty', ' \n'],
    ['empty', { text: null }],
    ['refused', { text: 'A', refusal: 'I will not' }],
    ['refused', { finish: 'content_filter' }],
    ['refused', 'I’m sorry, but I can’t help with that.'],
    ['unreadable', { finish: 'unreadable', model: null, fingerprint: null, usage: null }],
    ['wrong-format', 'What a question!'],
  ])('%s is no answer, and never counts as a wrong one: %j', async (outcome, reply) => {
    const hostedModels = createFakeModels(() => reply)
    const { graded, artifacts } = await askAndGrade(hostedSpec(), { hostedModels })
    const { samples } = sampleFile.parse(
      JSON.parse(new TextDecoder().decode(await artifacts.read(graded.artifacts[0]!.hash))),
    )
    const ofPlain = samples.filter(({ group }) => group.startsWith('plain'))
    expect(new Set(ofPlain.map(({ isJudged }) => isJudged))).toEqual(new Set([false]))
    const plain = graded.measures.filter(({ labels }) => labels.probe === 'plain')
    expect(new Set(plain.map(({ labels }) => labels.outcome))).toEqual(new Set([outcome]))
  })

  test('a model that changes meanwhile is told', async () => {
    const hostedModels = createFakeModels((_request, i) => ({ text: 'A', model: i < 100 ? 'm-1' : 'm-2' }))
    const { context, run } = asking(hostedSpec(), { hostedModels })
    const { measures } = await run()
    const named = measures.filter(({ name }) => name === 'answers-of-model').map(({ labels }) => labels.model)
    expect(named.toSorted()).toEqual(['m-1', 'm-2'])
    expect(context.sent.logs.map(({ message }) => message).join()).toContain('Several models have answered: m-')
  })
})

describe('an asking that ends early', () => {
  const revoked = new GoalpostError('endpoint-refused', 'revoked')

  test('continues where it was, and asks nothing twice', async () => {
    const artifacts = createMemoryArtifacts()
    const failing = createFakeModels((request, i) => (i < 300 ? agreeingReply(request) : revoked))
    const first = asking(hostedSpec(), { hostedModels: failing, artifacts })
    await expect(first.run()).rejects.toThrow('revoked')
    const kept = first.context.sent.checkpoints.at(-1) ?? null
    expect(kept?.step).toBe(300)
    const rest = createFakeModels(agreeingReply)
    const result = await asking(hostedSpec(), { hostedModels: rest, artifacts, resume: kept }).run()
    const whole = createFakeModels(agreeingReply)
    expect(result).toEqual(await asking(hostedSpec(), { hostedModels: whole }).run())
    expect(rest.asked.length).toBe(whole.asked.length - 300)
  })

  test('a damaged checkpoint costs answers, not the result', async () => {
    const artifacts = createMemoryArtifacts()
    const part = await artifacts.write({ name: 'answers', bytes: Uint8Array.of(123), mediaType: 'a/b' })
    const resume = { step: 5, parts: [part] }
    const { context, run } = asking(hostedSpec(), { hostedModels: createFakeModels(agreeingReply), artifacts, resume })
    await run()
    const [line] = context.sent.logs
    expect([line.level, line.message]).toEqual(['warn', expect.stringContaining('Asking everything again')])
  })

  test('a stop is heard while answers are awaited', async () => {
    const never = createFakeModels(() => new Promise(() => undefined))
    const { context, run } = asking(hostedSpec(), { hostedModels: never })
    const running = run()
    context.cancel()
    await expect(running).rejects.toThrow('cancelled')
  })

  test('a pause keeps what was answered', async () => {
    const pausing = createFakeModels((request, i) => {
      if (i < 50) return agreeingReply(request)
      paused.context.pause()
      return new Promise(() => undefined)
    })
    const paused = asking(hostedSpec(), { hostedModels: pausing })
    await expect(paused.run()).rejects.toThrow('cancelled')
    expect(paused.context.sent.checkpoints.at(-1)?.step).toBe(50)
  })
})

/** What a checkpoint says. */
async function savedSpent(artifacts: ArtifactAccess, checkpoint: Checkpoint | null): Promise<number> {
  const bytes = await artifacts.read(checkpoint?.parts[0]?.hash ?? '')
  return (JSON.parse(new TextDecoder().decode(bytes)) as { spent: number }).spent
}

describe('the cost limit', () => {
  const prices = { input: 10, output: 30 }
  const perRequest = (20 * prices.input + 5 * prices.output) / 1e6

  test('no request is sent that could pass it, and what is paid stays paid', async () => {
    const limit = 0.1
    const options = hostedSpec({}, { prices, costLimit: limit, maxTokens: 50 })
    const hostedModels = createFakeModels(agreeingReply)
    const first = asking(options, { hostedModels })
    await expect(first.run()).rejects.toMatchObject({
      code: 'cost-limit',
      message: expect.stringMatching(/cost limit of 0\.1: 0\.0\d+ is spent\. Raise `costLimit`/),
    })
    const spent = hostedModels.asked.length * perRequest
    expect(spent).toBeLessThanOrEqual(limit)
    expect(spent).toBeGreaterThan(0.9 * limit)
    const before = hostedModels.asked.length
    const resume = first.context.sent.checkpoints.at(-1) ?? null
    const again = asking(options, { hostedModels, artifacts: first.artifacts, resume })
    await expect(again.run()).rejects.toMatchObject({ code: 'cost-limit' })
    expect(hostedModels.asked.length).toBe(before)
  })

  test('an answer without usage counts as the most that it can cost', async () => {
    const options = hostedSpec({}, { prices, maxTokens: 1_000 })
    const hostedModels = createFakeModels(() => ({ text: 'A', usage: null }))
    const result = await asking(options, { hostedModels }).run()
    expect(Number(valueOf(result, 'cost'))).toBeGreaterThan((hostedModels.asked.length * 1_000 * prices.output) / 1e6)
  })

  test('a killed asking cannot pass the limit when it resumes: checkpoints are ahead of requests', async () => {
    const limit = 0.2
    const options = hostedSpec({}, { prices, costLimit: limit, maxTokens: 50 })
    const artifacts = createMemoryArtifacts()
    const lives: FakeModels[] = []
    let resume: Checkpoint | null = null
    const paid = () => lives.reduce((sum, { asked }) => sum + asked.length, 0) * perRequest
    for (const answers of [40, 40]) {
      const never = new Promise<string>(() => undefined)
      const hostedModels = createFakeModels((request, i) => (i < answers ? agreeingReply(request) : never))
      lives.push(hostedModels)
      const { context, run } = asking(options, { hostedModels, artifacts, resume })
      const running = run()
      await vi.waitUntil(() => hostedModels.asked.length > answers)
      // What a kill leaves is the last checkpoint: what this life writes later does not count.
      resume = context.sent.checkpoints.at(-1) ?? null
      const spent = await savedSpent(artifacts, resume)
      expect(spent).toBeGreaterThanOrEqual(paid())
      expect(spent).toBeLessThanOrEqual(limit)
      context.cancel()
      await expect(running).rejects.toThrow('cancelled')
    }
    lives.push(createFakeModels(agreeingReply))
    const last = asking(options, { hostedModels: lives[2], artifacts, resume })
    await expect(last.run()).rejects.toMatchObject({ code: 'cost-limit' })
    expect(lives[2].asked.length).toBeGreaterThan(0)
    expect(paid()).toBeLessThanOrEqual(limit)
  })

  test('what attempts without an answer cost is kept, too', async () => {
    const hostedModels = createFakeModels(() => new GoalpostError('endpoint-failed', 'no answer'))
    const { context, artifacts, run } = asking(hostedSpec({}, { prices, concurrency: 1 }), { hostedModels })
    await expect(run()).rejects.toThrow('no answer')
    expect(await savedSpent(artifacts, context.sent.checkpoints.at(-1) ?? null)).toBeGreaterThan(0)
  })

  test('with a checkpoint that cannot be read, nothing is asked', async () => {
    const artifacts = createMemoryArtifacts()
    const part = await artifacts.write({ name: 'answers', bytes: Uint8Array.of(123), mediaType: 'a/b' })
    const hostedModels = createFakeModels(agreeingReply)
    const options = hostedSpec({}, { prices, costLimit: 1 })
    const { run } = asking(options, { hostedModels, artifacts, resume: { step: 5, parts: [part] } })
    await expect(run()).rejects.toMatchObject({ code: 'cost-limit', message: /nobody knows what is spent/ })
    expect(hostedModels.asked).toEqual([])
  })

  test('requests that wait for money end with the asking', async () => {
    const hostedModels = createFakeModels(() => new GoalpostError('endpoint-refused', 'revoked'))
    // Enough for one request at a time.
    const { run } = asking(hostedSpec({}, { prices, costLimit: 0.012, maxTokens: 200 }), { hostedModels })
    await expect(run()).rejects.toThrow('revoked')
    expect(hostedModels.asked).toHaveLength(1)
  })

  test('waits for requests under way before it says no, and counts attempts that may be charged', async () => {
    const budget = createBudget(10, 0)
    const first = await budget.reserve(6)
    const second = budget.reserve(4.5)
    first.settle(1)
    const held = await second
    await held.repeat()
    expect(budget.spent()).toBe(5.5)
    held.settle(0.5)
    held.settle(5)
    expect(budget.spent()).toBe(6)
    await expect(budget.reserve(4.5)).rejects.toMatchObject({ code: 'cost-limit' })
    await expect(budget.reserve(4)).resolves.toBeDefined()
  })
})

test('over the network: a server that misbehaves now and then, and repeats the key', async () => {
  const replies: readonly ServedReply[] = [
    { status: 429, headers: { 'retry-after-ms': '1' }, body: {} },
    hangUp,
    { body: '{"choices": [' },
    `Answer: ${testKey}`,
  ]
  const server = await startChatServer((_request, i) => replies[i] ?? { body: completionOf('Answer: unknown') })
  const folder = await mkdtemp(join(tmpdir(), 'answers-'))
  const hostedModels = readHostedModels({
    GOALPOST_MODEL_ENDPOINTS: `${server.baseUrl}=TEST_KEY`,
    GOALPOST_MODEL_ANSWERS: folder,
    TEST_KEY: testKey,
  })
  const options = (temperature: number, timeoutSeconds: number) =>
    hostedSpec({ experiment: 'be-helpful' }, { baseUrl: server.baseUrl, concurrency: 1, temperature, timeoutSeconds })
  const { asked, graded, artifacts } = await askAndGrade(options(0, 30), { hostedModels })
  expect(server.received.length).toBe(Number(valueOf(asked, 'requests')) + 3)
  expect(countOf(graded, 'intended')).toBeGreaterThanOrEqual(199)
  for (const { hash } of [...asked.artifacts, ...graded.artifacts]) {
    const text = new TextDecoder().decode(await artifacts.read(hash))
    expect(text).toContain('Answer: [removed]')
    expect(text).not.toContain(testKey)
  }
  // Another task with equal requests: the stored answers serve it.
  const before = server.received.length
  expect(await asking(options(0, 31), { hostedModels }).run()).toEqual(asked)
  expect(server.received.length).toBe(before)
  await server.close()
  await rm(folder, { recursive: true })
})

test('an asking is not possible where no endpoint is allowed', async () => {
  const { run } = asking(hostedSpec(), { hostedModels: readHostedModels({}) })
  await expect(run()).rejects.toMatchObject({
    code: 'endpoint-refused',
    message: expect.stringMatching(/may not use https:\/\/api\.example\.com\/v1\. The operator can allow it/),
  })
})
