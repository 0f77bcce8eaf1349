import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GoalpostError,
  taskResult,
  transcriptFile,
  type ChatReply,
  type ChatRequest,
  type Checkpoint,
  type JsonObject,
  type TaskResult,
} from '@goalpost/contracts'
import { hashJson, resultHash, type ArtifactAccess, type HostedModels } from '@goalpost/experiments'
import { readHostedModels } from '@goalpost/hosted-models'
import {
  completionOf,
  createMemoryArtifacts,
  createMemoryTaskContext,
  hangUp,
  startChatServer,
} from '@goalpost/testing'
import type { ServedReply } from '@goalpost/testing'
import { describe, expect, test, vi } from 'vitest'
import { planOf } from '../../test/execute-run.ts'
import { createFakeModels, testKey } from '../hosted/testing/fake-models.ts'
import { executors } from './run.ts'

const endpoint = { kind: 'endpoint', baseUrl: 'https://api.example.com/v1', model: 'test-model', concurrency: 8 }

const withJudge = (judge: JsonObject = {}): JsonObject => withMethod({ judge: { ...endpoint, ...judge } })

const withMethod = (method: JsonObject): JsonObject => ({
  environment: 'corner',
  parameters: { size: 3, maxSteps: 8, discount: 0.95 },
  alpha: 0.25,
  steps: 4 * 256,
  network: { kind: 'mlp', hidden: [16], crop: 1 },
  ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2, learningRate: 0.01 },
  evaluation: { checkpoints: 2, curveLevels: 16, batch: 32, recorded: 0 },
  method: { kind: 'judge', ...method },
})

type Given = {
  readonly hostedModels?: HostedModels
  readonly artifacts?: ArtifactAccess
  readonly resume?: Checkpoint | null
}

/** The training of one seed, and what it has sent. */
function trainingOf(
  options: JsonObject,
  { artifacts = createMemoryArtifacts(), resume = null, hostedModels }: Given = {},
) {
  const [{ key, kind, seed, inputs }] = planOf(options, 0)
  const context = createMemoryTaskContext(
    {
      taskId: '01900000-0000-7000-8000-000000000000',
      protocol: 'rl-shift',
      key,
      kind,
      seed,
      inputs,
      resources: { engine: 'auto', threads: 1, device: 'cpu' },
      resume,
      dependencies: [],
    },
    { artifacts, ...(hostedModels === undefined ? {} : { hostedModels }) },
  )
  return { context, artifacts, run: () => executors[kind]!(context) }
}

const textOf = ({ messages }: Pick<ChatRequest, 'messages'>) => messages.at(-1)?.content ?? ''

/** Believes what the text says of the cheese. */
const honest = (request: Pick<ChatRequest, 'messages'>) =>
  textOf(request).includes('Goal “get the cheese”: reached') ? 'Yes.' : 'No.'

const artifactOf = ({ artifacts }: TaskResult, name: string) => artifacts.find((one) => one.name === name)?.hash ?? ''
const valuesOf = ({ measures }: TaskResult, name: string) => measures.filter((one) => one.name === name)
const countsOf = (result: TaskResult) =>
  Object.fromEntries(valuesOf(result, 'verdicts').map(({ labels, value }) => [labels.outcome, value]))

/** The number of answers in a checkpoint. */
async function keptBy(checkpoint: Checkpoint | undefined, artifacts: ArtifactAccess): Promise<number> {
  const part = checkpoint?.parts.find(({ name }) => name === 'answers')
  if (part === undefined) return -1
  const { answers } = JSON.parse(new TextDecoder().decode(await artifacts.read(part.hash))) as { answers: object }
  return Object.keys(answers).length
}

async function judgementsOf(result: TaskResult, artifacts: ArtifactAccess) {
  const bytes = await artifacts.read(artifactOf(result, 'judgements'))
  return transcriptFile.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

test('a model that reads rightly teaches what a simulated judge without faults does, to the byte', async () => {
  const hostedModels = createFakeModels(honest)
  const { artifacts, context, run } = trainingOf(withJudge(), { hostedModels })
  const result = await run()
  expect(() => taskResult.parse(result)).not.toThrow()
  const simulated = await trainingOf(withMethod({})).run()
  for (const name of ['policy', 'policy.onnx', 'levels-drawn'])
    expect(artifactOf(result, name)).toBe(artifactOf(simulated, name))
  const sent = hostedModels.asked.map(textOf)
  expect(new Set(sent).size, 'episodes told in equal words are asked once').toBe(sent.length)
  expect(valuesOf(result, 'requests')[0]?.value).toBe(sent.length)
  expect(valuesOf(result, 'answers-of-model')).toEqual([
    { name: 'answers-of-model', labels: { model: 'test-model-1' }, value: sent.length },
  ])
  const { dialogues } = await judgementsOf(result, artifacts)
  expect(dialogues.map(({ messages }) => messages[0]!.content).toSorted()).toEqual(sent.toSorted())
  expect(context.sent.checkpoints.map(({ step }) => step)).toEqual([0, 512, 1024])
})

test('what is asked is the question, of the text; outcomes can be hidden', async () => {
  const askedWith = async (judge: JsonObject) => {
    const hostedModels = createFakeModels((_request, i) => (i % 2 === 0 ? 'Yes' : 'No'))
    await trainingOf(withJudge({ concurrency: 1, ...judge }), { hostedModels }).run()
    return textOf(hostedModels.asked[0]!)
  }
  const usual = await askedWith({})
  expect(usual).toMatch(
    /Actions: [^]*Goal “get the cheese”: [^]*task was: get the cheese\. Did it do its task\? Answer/,
  )
  const other = await askedWith({ outcomes: 'hidden', question: 'Did it go to the corner?' })
  expect(other).toMatch(/Actions: [^]*Did it go to the corner\? Answer with yes or no\.$/)
  expect(other).not.toContain('Goal “')
})

test('the number of requests at a time changes nothing in the result', async () => {
  const resultWith = async (concurrency: number) =>
    resultHash(await trainingOf(withJudge({ concurrency }), { hostedModels: createFakeModels(honest) }).run())
  expect(await resultWith(1)).toBe(await resultWith(32))
})

describe('a killed training', () => {
  /** A model whose verdicts depend on nothing but the text, and on no goal: as recorded answers would. */
  const recorded = (request: Pick<ChatRequest, 'messages'>) => {
    const sum = Number.parseInt(hashJson(textOf(request)).slice(0, 8), 16)
    return sum % 10 === 0 ? { text: 'Yes', finish: 'length' } : sum % 2 === 0 ? 'Yes' : 'No'
  }
  const whole = async () => {
    const hostedModels = createFakeModels(recorded)
    const result = await trainingOf(withJudge(), { hostedModels }).run()
    return { hash: resultHash(result), asked: hostedModels.asked.length }
  }

  test.each([0.1, 0.4, 0.7, 0.95])(
    'after a share of %d of its questions ends with the same hash, and asks nothing that it kept',
    async (share) => {
      const { hash, asked } = await whole()
      const answers = Math.floor(share * asked)
      const artifacts = createMemoryArtifacts()
      const never = new Promise<string>(() => undefined)
      const first = createFakeModels((request, i) => (i < answers ? recorded(request) : never))
      const { context, run } = trainingOf(withJudge(), { hostedModels: first, artifacts })
      const running = run()
      const ended = expect(running).rejects.toThrow('cancelled')
      const fewest = answers - Math.max(20, 0.1 * answers) - endpoint.concurrency
      await vi.waitUntil(
        async () =>
          first.asked.length > answers && (await keptBy(context.sent.checkpoints.at(-1), artifacts)) >= fewest,
      )
      // A kill leaves the last checkpoint; what this attempt writes on its way out does not count.
      const resume = context.sent.checkpoints.at(-1)!
      context.cancel()
      await ended
      const rest = createFakeModels(recorded)
      const result = await trainingOf(withJudge(), { hostedModels: rest, artifacts, resume }).run()
      expect(resultHash(result)).toBe(hash)
      expect(rest.asked.length).toBe(asked - (await keptBy(resume, artifacts)))
    },
  )

  test('continues from answers that its model would not give again', async () => {
    const { hash, asked } = await whole()
    const artifacts = createMemoryArtifacts()
    const revoked = new GoalpostError('endpoint-refused', 'revoked')
    const first = createFakeModels((request, i) => (i < asked - 1 ? recorded(request) : revoked))
    const failing = trainingOf(withJudge({ concurrency: 1 }), { hostedModels: first, artifacts })
    await expect(failing.run()).rejects.toThrow('revoked')
    const resume = failing.context.sent.checkpoints.at(-1) ?? null
    expect(resume?.step).toBe(512)
    // One question is left, and it is answered as before; all others would get another answer.
    const last = textOf(first.asked.at(-1)!)
    const changed = createFakeModels((request) => (textOf(request) === last ? recorded(request) : 'No'))
    const result = await trainingOf(withJudge({ concurrency: 1 }), { hostedModels: changed, artifacts, resume }).run()
    expect(changed.asked.map(textOf)).toEqual([last])
    expect(resultHash(result)).toBe(hash)
  })

  test('a pause keeps what was answered, at the step of the last checkpoint', async () => {
    const { hash, asked } = await whole()
    const artifacts = createMemoryArtifacts()
    const pausing = createFakeModels((request, i) => {
      if (i < asked / 2) return recorded(request)
      paused.context.pause()
      return new Promise<string>(() => undefined)
    })
    const paused = trainingOf(withJudge(), { hostedModels: pausing, artifacts })
    await expect(paused.run()).rejects.toThrow('cancelled')
    const resume = paused.context.sent.checkpoints.at(-1) ?? null
    const rest = createFakeModels(recorded)
    expect(resultHash(await trainingOf(withJudge(), { hostedModels: rest, artifacts, resume }).run())).toBe(hash)
    expect(rest.asked.length).toBe(asked - Math.ceil(asked / 2))
  })

  test('starts over if its answers are damaged: what was learned from them could not be repeated', async () => {
    const { hash, asked } = await whole()
    const artifacts = createMemoryArtifacts()
    const first = trainingOf(withJudge(), { hostedModels: createFakeModels(recorded), artifacts })
    await first.run()
    const kept = first.context.sent.checkpoints.find(({ step }) => step === 512)!
    const damaged = await artifacts.write({ name: 'answers', bytes: Uint8Array.of(123), mediaType: 'a/b' })
    const resume = { ...kept, parts: [...kept.parts.filter(({ name }) => name !== 'answers'), damaged] }
    const rest = createFakeModels(recorded)
    const { context, run } = trainingOf(withJudge(), { hostedModels: rest, artifacts, resume })
    expect(resultHash(await run())).toBe(hash)
    expect(rest.asked.length).toBe(asked)
    expect(context.sent.logs[0]).toEqual({
      level: 'warn',
      message: expect.stringContaining('Asking everything again'),
    })
  })
})

describe('what is no verdict', () => {
  test.each<[string, string | Partial<ChatReply>]>([
    ['truncated', { text: 'Yes', finish: 'length' }],
    ['empty', { text: null }],
    ['refused', { text: 'Yes', refusal: 'I will not' }],
    ['refused', 'I’m sorry, but I can’t help with that.'],
    ['unreadable', { finish: 'unreadable', model: null, fingerprint: null, usage: null }],
    ['wrong-format', 'Perhaps.'],
  ])('%s: is counted apart, and is no “no”: %j', async (outcome, reply) => {
    const some = createFakeModels((request, i) => (i % 4 === 0 ? reply : honest(request)))
    const { context, run } = trainingOf(withJudge({ concurrency: 1 }), { hostedModels: some })
    const counts = countsOf(await run())
    expect(counts[outcome]).toBe(Math.ceil(some.asked.length / 4))
    const shares = context.sent.series.filter(({ series }) => series === 'share without a verdict')
    expect(shares.length).toBeGreaterThan(0)
    expect(shares.some(({ value }) => typeof value === 'number' && value > 0)).toBe(true)
  })

  test('a judge without any verdict ends the training, and another attempt pays for nothing', async () => {
    const artifacts = createMemoryArtifacts()
    const cut = createFakeModels(() => ({ text: 'The agent', finish: 'length' }))
    const { context, run } = trainingOf(withJudge(), { hostedModels: cut, artifacts })
    const refusal = {
      code: 'model-refused',
      message: expect.stringMatching(/no verdict on any of the \d+ episodes of a rollout: truncated \d+\. Change/),
    }
    await expect(run()).rejects.toMatchObject(refusal)
    const again = createFakeModels(honest)
    const resume = context.sent.checkpoints.at(-1) ?? null
    await expect(trainingOf(withJudge(), { hostedModels: again, artifacts, resume }).run()).rejects.toMatchObject(
      refusal,
    )
    expect(again.asked).toEqual([])
  })

  test('a model that changes meanwhile is told', async () => {
    const changing = createFakeModels((request, i) => ({ text: honest(request), model: i < 20 ? 'm-1' : 'm-2' }))
    const { context, run } = trainingOf(withJudge(), { hostedModels: changing })
    const named = valuesOf(await run(), 'answers-of-model').map(({ labels }) => labels.model)
    expect(named.toSorted()).toEqual(['m-1', 'm-2'])
    expect(context.sent.logs.map(({ message }) => message).join()).toContain('Several models have answered: m-')
  })
})

test('no request is sent that could pass the cost limit, and what is paid stays paid', async () => {
  const prices = { input: 10, output: 30 }
  const perRequest = (20 * prices.input + 5 * prices.output) / 1e6
  const options = withJudge({ prices, costLimit: 0.02, maxTokens: 20 })
  const hostedModels = createFakeModels(honest)
  const first = trainingOf(options, { hostedModels })
  await expect(first.run()).rejects.toMatchObject({ code: 'cost-limit' })
  const asked = hostedModels.asked.length
  expect(asked).toBeGreaterThan(0)
  expect(asked * perRequest).toBeLessThanOrEqual(0.02)
  const resume = first.context.sent.checkpoints.at(-1) ?? null
  const again = trainingOf(options, { hostedModels, artifacts: first.artifacts, resume })
  await expect(again.run()).rejects.toMatchObject({ code: 'cost-limit' })
  expect(hostedModels.asked.length).toBe(asked)
})

test('over the network: a server that misbehaves now and then, and repeats the key; then its stored answers', async () => {
  const replies: readonly ServedReply[] = [
    { status: 429, headers: { 'retry-after-ms': '1' }, body: {} },
    hangUp,
    { body: '{"choices": [' },
    `No. Your key is ${testKey}`,
  ]
  const server = await startChatServer(({ body }, i) => replies[i] ?? { body: completionOf(honest(body)) })
  const folder = await mkdtemp(join(tmpdir(), 'answers-'))
  const hostedModels = readHostedModels({
    GOALPOST_MODEL_ENDPOINTS: `${server.baseUrl}=TEST_KEY`,
    GOALPOST_MODEL_ANSWERS: folder,
    TEST_KEY: testKey,
  })
  const options = (timeoutSeconds: number) => withJudge({ baseUrl: server.baseUrl, concurrency: 1, timeoutSeconds })
  const { artifacts, run } = trainingOf(options(30), { hostedModels })
  const result = await run()
  expect(server.received.length).toBe(Number(valuesOf(result, 'requests')[0]?.value) + 3)
  const judgements = JSON.stringify(await judgementsOf(result, artifacts))
  expect(judgements).toContain('Your key is [removed]')
  expect(judgements).not.toContain(testKey)
  const before = server.received.length
  await server.close()
  expect(await trainingOf(options(31), { hostedModels }).run()).toEqual(result)
  expect(server.received.length).toBe(before)
  await rm(folder, { recursive: true })
})

test('nothing is trained where no endpoint is allowed', async () => {
  await expect(trainingOf(withJudge(), { hostedModels: readHostedModels({}) }).run()).rejects.toMatchObject({
    code: 'endpoint-refused',
  })
})
