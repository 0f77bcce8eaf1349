import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChatRequest } from '@goalpost/contracts'
import type { HostedEndpoint } from '@goalpost/experiments'
import { completionOf, hangUp, startChatServer, type ChatServer, type ServedReply } from '@goalpost/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseEndpoints } from './allowed-endpoints.ts'
import { answerFilesIn, noAnswerFiles } from './answer-files.ts'
import { createHostedModels } from './create-hosted-models.ts'
import { takeHostedModels } from './read-hosted-models.ts'

const key = 'sk-test-0123456789'
const request: ChatRequest = {
  model: 'test-model',
  messages: [{ role: 'user', content: 'What is 2 + 2?' }],
  temperature: 0,
  maxTokens: 16,
  limitField: 'max_tokens',
}

let server: ChatServer
let replies: ServedReply[] = []
let slept: number[] = []
let retries: string[] = []
let warnings: string[] = []
let answers = noAnswerFiles
let environment: Record<string, string> = {}

/** The i-th reply to the i-th request, then the last one again. */
beforeEach(async () => {
  ;[replies, slept, retries, warnings, answers] = [['4'], [], [], [], noAnswerFiles]
  environment = { TEST_KEY: key }
  server = await startChatServer((_request, index) => replies[Math.min(index, replies.length - 1)] ?? '')
})
afterEach(() => server.close())

const warn = (message: string) => void warnings.push(message)

async function connect(changed: Partial<HostedEndpoint> = {}) {
  const models = createHostedModels({
    allowed: parseEndpoints(`${server.baseUrl}=TEST_KEY|OTHER_KEY`),
    environment,
    answers,
    sleep: async (ms) => void slept.push(ms),
  })
  return models.connect({
    baseUrl: server.baseUrl,
    apiKeyVariable: null,
    workspace: null,
    timeoutMs: 5_000,
    requestsPerMinute: null,
    tokensPerMinute: null,
    ...changed,
  })
}

async function ask(changed: Partial<HostedEndpoint> = {}, signal = new AbortController().signal) {
  const model = await connect(changed)
  return model.ask(request, { signal, tokens: 30, onRetry: async (cause) => void retries.push(cause), warn })
}

describe('a good answer', () => {
  test('is read with the exact model, and asked for with the key', async () => {
    expect(await ask()).toEqual({
      text: '4',
      refusal: null,
      finish: 'stop',
      model: 'test-model-1',
      fingerprint: 'fp_1',
      usage: { inputTokens: 20, outputTokens: 5 },
    })
    const [received] = server.received
    expect(received).toMatchObject({
      url: '/v1/chat/completions',
      headers: { authorization: `Bearer ${key}` },
      body: { model: 'test-model', messages: request.messages, temperature: 0, max_tokens: 16 },
    })
  })

  test('takes nothing but the key from variables: other headers stay here', async () => {
    const variables = {
      OPENAI_CUSTOM_HEADERS: 'x-secret: 1',
      OPENAI_API_KEY: 'sk-other-0123456789',
      OPENAI_ORG_ID: 'o',
    }
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    await ask().finally(() => vi.unstubAllEnvs())
    const usual = ['accept', 'accept-encoding', 'accept-language', 'authorization', 'connection', 'content-length']
    const names = [...usual, 'content-type', 'host', 'sec-fetch-mode', 'user-agent']
    expect(Object.keys(server.received[0].headers).filter((name) => !names.includes(name))).toEqual([])
    expect(JSON.stringify(server.received[0].headers)).not.toContain('sk-other')
  })

  test('an empty refusal is none', async () => {
    replies = [{ body: completionOf('4', { refusal: '' }) }]
    expect(await ask()).toMatchObject({ text: '4', refusal: null })
  })

  test('names the field of the limit as asked, and leaves out a temperature of null', async () => {
    const model = await connect()
    const changed: ChatRequest = { ...request, temperature: null, limitField: 'max_completion_tokens' }
    await model.ask(changed, { signal: new AbortController().signal, tokens: 30, onRetry: async () => undefined, warn })
    expect(Object.keys(server.received[0].body).toSorted()).toEqual(['max_completion_tokens', 'messages', 'model'])
  })
})

describe('a server that misbehaves', () => {
  test('429: waits as long as Retry-After says, for all requests', async () => {
    replies = [{ status: 429, headers: { 'retry-after': '7' }, body: { error: { message: 'slow down' } } }, '4']
    expect(await ask()).toMatchObject({ text: '4' })
    expect(slept.map((ms) => Math.round(ms / 100) / 10)).toEqual([7])
    expect(retries).toEqual(['429 slow down'])
  })

  test('429 with a wait of an hour: left to the service', async () => {
    replies = [{ status: 429, headers: { 'retry-after': '3600' }, body: {} }]
    await expect(ask()).rejects.toMatchObject({ code: 'endpoint-failed' })
    expect(server.received).toHaveLength(1)
  })

  test('429 for want of money: no other attempt', async () => {
    replies = [{ status: 429, body: { error: { message: 'no credit', code: 'insufficient_quota' } } }]
    await expect(ask()).rejects.toMatchObject({ code: 'endpoint-refused', message: /no credit/ })
    expect(server.received).toHaveLength(1)
  })

  test('500: six attempts, with growing waits', async () => {
    replies = [{ status: 500, body: 'broken' }]
    await expect(ask()).rejects.toMatchObject({ code: 'endpoint-failed' })
    expect(server.received).toHaveLength(6)
    expect(slept).toHaveLength(5)
    expect(slept[4]).toBeGreaterThanOrEqual(4_000)
    expect(slept[4]).toBeLessThanOrEqual(8_000)
  })

  test('hangs up once: asks again', async () => {
    replies = [hangUp, '4']
    expect(await ask()).toMatchObject({ text: '4' })
    expect(retries).toHaveLength(1)
  })

  test('too slow: asks again', async () => {
    replies = [{ body: completionOf('late'), delayMs: 2_000 }, '4']
    expect(await ask({ timeoutMs: 300 })).toMatchObject({ text: '4' })
    expect(retries).toEqual(['no answer in time'])
  })

  test.each<[string, ServedReply]>([
    ['wrong JSON', { body: '{"choices": [' }],
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['no choices', { body: { choices: [] } }],
    ['an empty body', { body: '' }],
    ['more than any answer', { body: `${' '.repeat(17 * 1024 * 1024)}${JSON.stringify(completionOf('4'))}` }],
  ])('%s: unreadable after a second attempt, without an error', async (_title, reply) => {
    replies = [reply]
    expect(await ask()).toMatchObject({ text: null, finish: 'unreadable' })
    expect(server.received).toHaveLength(2)
  })

  test('wrong usage costs the usage, not the answer', async () => {
    replies = [{ body: { ...completionOf('4'), usage: { prompt_tokens: -1, completion_tokens: 'many' } } }]
    expect(await ask()).toMatchObject({ text: '4', usage: null })
  })

  test('a content filter is an answer of its own', async () => {
    replies = [{ status: 400, body: { error: { message: 'filtered', code: 'content_filter' } } }]
    expect(await ask()).toMatchObject({ text: null, finish: 'content_filter' })
  })

  test.each([400, 401, 403, 404, 422])('%i: no other attempt', async (status) => {
    replies = [{ status, body: { error: { message: 'no' } } }]
    await expect(ask()).rejects.toMatchObject({ code: 'endpoint-refused', message: new RegExp(`${status} no`) })
    expect(server.received).toHaveLength(1)
  })

  test('a redirect is not followed', async () => {
    replies = [{ status: 307, headers: { location: `${server.baseUrl}/elsewhere` }, body: '' }]
    await expect(ask()).rejects.toMatchObject({ code: 'endpoint-refused', message: /redirects are not followed/ })
    expect(server.received).toHaveLength(1)
  })

  test('repeats another key of the worker: removed, too', async () => {
    environment['OTHER_KEY'] = 'sk-other-0123456789'
    replies = ['Is it sk-other-0123456789?']
    expect(await ask()).toMatchObject({ text: 'Is it [removed]?' })
  })

  test('a key is sent without the line break after it, and one with another inside stays out of the error', async () => {
    environment['TEST_KEY'] = `${key}\n`
    await ask()
    expect(server.received[0].headers.authorization).toBe(`Bearer ${key}`)
    environment['TEST_KEY'] = `${key}\n${key}`
    await expect(ask()).rejects.toMatchObject({ code: 'endpoint-refused', message: expect.not.stringContaining(key) })
  })

  test('repeats the key: removed from answers and errors', async () => {
    replies = [{ body: completionOf(`Your key is ${key}.`, { model: `m-${key}`, refusal: btoa(key) }) }]
    const reply = await ask()
    expect(JSON.stringify(reply)).not.toContain(key)
    expect(reply).toMatchObject({ text: 'Your key is [removed].', model: 'm-[removed]', refusal: '[removed]' })
    replies = [{ status: 401, body: { error: { message: `Incorrect API key provided: ${key}` } } }]
    await expect(ask()).rejects.toMatchObject({ message: expect.not.stringContaining(key) })
  })
})

test('an abort ends a request at once', async () => {
  replies = [{ body: completionOf('late'), delayMs: 60_000 }]
  const controller = new AbortController()
  const asking = ask({}, controller.signal)
  const rejected = expect(asking).rejects.toThrow('stopped')
  controller.abort(new Error('stopped'))
  await rejected
  expect(retries).toEqual([])
})

describe('what may be asked', () => {
  test.each<[string, Partial<HostedEndpoint>, RegExp]>([
    [
      'an address that is not allowed',
      { baseUrl: 'http://169.254.169.254/latest' },
      /may not use http:\/\/169.*GOALPOST_MODEL_ENDPOINTS/,
    ],
    ['a path beside an allowed one', { baseUrl: 'http://127.0.0.1/v1' }, /may not use/],
    ['another variable', { apiKeyVariable: 'DATABASE_URL' }, /variable in `apiKeyVariable` may not be sent/],
    [
      'a variable that is not set',
      { apiKeyVariable: 'OTHER_KEY' },
      /not set in the worker’s environment: variable 2 of http/,
    ],
  ])('refuses %s', async (_title, changed, message) => {
    await expect(ask(changed)).rejects.toMatchObject({ code: 'endpoint-refused', message })
    expect(server.received).toEqual([])
  })

  test('a slash at the end makes no difference', async () => {
    expect(await ask({ baseUrl: `${server.baseUrl}/` })).toMatchObject({ text: '4' })
  })
})

test('limits per minute spread requests', async () => {
  const model = await connect({ requestsPerMinute: 60, tokensPerMinute: 600 })
  const call = { signal: new AbortController().signal, tokens: 30, onRetry: async () => undefined, warn }
  await Promise.all([1, 2, 3].map((n) => model.ask({ ...request, maxTokens: n }, call)))
  // 30 tokens of 600 a minute take three seconds, which is more than a sixtieth of a minute.
  expect(slept.map((ms) => Math.round(ms / 1000))).toEqual([3, 6])
})

describe('stored answers', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'answers-'))
    answers = answerFilesIn(folder)
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('neither another key nor another workspace recalls it', async () => {
    environment['OTHER_KEY'] = 'sk-other-0123456789'
    await ask({ workspace: 'one' })
    const recalled = await Promise.all(
      [{ workspace: 'one' }, { workspace: 'two' }, { workspace: 'one', apiKeyVariable: 'OTHER_KEY' }].map(async (as) =>
        (await connect(as)).recall(request),
      ),
    )
    expect(recalled.map((reply) => reply?.text)).toEqual(['4', undefined, undefined])
  })

  test.each<[string, ServedReply, Partial<ChatRequest>]>([
    ['refused', { body: completionOf(null, { refusal: 'I will not' }) }, {}],
    ['cut', { body: completionOf('4', { finish: 'length' }) }, {}],
    ['empty', { body: completionOf(' ') }, {}],
    ['one of many draws', '4', { temperature: 0.7 }],
  ])('what is %s is not stored', async (_title, reply, changed) => {
    replies = [reply]
    const model = await connect()
    const asked = { ...request, ...changed }
    await model.ask(asked, { signal: new AbortController().signal, tokens: 30, onRetry: async () => undefined, warn })
    expect(await readdir(folder)).toEqual([])
    expect(await model.recall(asked)).toBeNull()
  })

  test('an answer that cannot be stored is told and used', async () => {
    answers = answerFilesIn(join(folder, 'file'))
    await writeFile(join(folder, 'file'), '')
    expect(await ask()).toMatchObject({ text: '4' })
    expect(warnings).toEqual([expect.stringContaining('An answer is not stored for later')])
  })

  test('an equal request is recalled, another one is not', async () => {
    const reply = await ask()
    const model = await connect()
    expect(await model.recall({ ...request })).toEqual(reply)
    expect(await model.recall({ ...request, temperature: 1 })).toBeNull()
    expect(server.received).toHaveLength(1)
  })

  test('a damaged file counts as none, and an unreadable reply is not stored', async () => {
    await ask()
    const [file = ''] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'))
    expect(await readFile(join(folder, file), 'utf8')).not.toContain(key)
    await writeFile(join(folder, file), '{"text":')
    expect(await (await connect()).recall(request)).toBeNull()
    replies = [{ body: 'nonsense' }]
    await rm(join(folder, file))
    await ask()
    expect(await (await connect()).recall(request)).toBeNull()
  })
})

test('keys that were taken are sent, but no longer in the environment that other programs inherit', async () => {
  const variables: Record<string, string | undefined> = {
    GOALPOST_MODEL_ENDPOINTS: `${server.baseUrl}=TEST_KEY|OTHER_KEY,http://127.0.0.1:1/v1=THIRD_KEY`,
    TEST_KEY: key,
    THIRD_KEY: key,
    HOME: '/',
  }
  const limits = { timeoutMs: 5_000, requestsPerMinute: null, tokensPerMinute: null }
  const models = takeHostedModels(variables)
  expect(Object.keys(variables)).toEqual(['GOALPOST_MODEL_ENDPOINTS', 'HOME'])
  const model = await models.connect({ baseUrl: server.baseUrl, apiKeyVariable: null, workspace: null, ...limits })
  await model.ask(request, { signal: new AbortController().signal, tokens: 1, onRetry: async () => undefined, warn })
  expect(server.received[0].headers.authorization).toBe(`Bearer ${key}`)
})

describe('the setting', () => {
  test('lists addresses with the variables of their keys', () => {
    expect(parseEndpoints(' https://API.example.com/v1/=A_KEY|B_KEY, http://127.0.0.1:8000/v1 ')).toEqual([
      { baseUrl: 'https://api.example.com/v1', keyVariables: ['A_KEY', 'B_KEY'] },
      { baseUrl: 'http://127.0.0.1:8000/v1', keyVariables: [] },
    ])
    expect(parseEndpoints('')).toEqual([])
  })

  test.each([
    ['http://127.0.0.1,sk-live-1234', /entry 2 is not an http or https address/],
    ['file:///etc/passwd', /is not an http/],
    ['https://user:word@example.com', /is not an http/],
    ['https://example.com/v1=sk-live-1234', /entry 1 must be names of variables/],
  ])('refuses %s', (text, message) => {
    expect(() => parseEndpoints(text)).toThrow(message)
    expect(() => parseEndpoints(text)).not.toThrow(/sk-live/)
  })
})
