import { createClient, everyItem, type Client, type Sighting } from '@goalpost/client'
import { GoalpostError, type TaskResult } from '@goalpost/contracts'
import { startOutageProxy } from '@goalpost/testing/outage-proxy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { spec, startTestService, type TestService, portOf } from './harness.ts'
import { drain } from './play-worker.ts'

let service: TestService
let key: string
let port: number
let client: Client
let requests: Request[] = []

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
  await service.api.listen({ port: 0, host: '127.0.0.1' })
  port = portOf(service.api.server)
  client = clientOn(port)
})
afterAll(() => service.close())

function clientOn(somePort: number, apiKey = key): Client {
  const spy: typeof fetch = (input, init) => {
    requests.push(new Request(input, init))
    return fetch(input, init)
  }
  return createClient({ baseUrl: `http://127.0.0.1:${somePort}`, apiKey, fetch: spy })
}

const result: TaskResult = { measures: [{ name: 'score', labels: {}, value: 1 }], artifacts: [] }
const finish = async (): Promise<TaskResult> => result

async function submit(change: object = {}) {
  return (await client.submit({ ...spec, fresh: true, ...change })).experiment
}

describe('every method matches the API', () => {
  test('from the catalog to the results', async () => {
    expect((await client.health()).status).toBe('ok')
    expect((await client.ready()).codeRevision).toBe('test')
    expect((await client.protocols()).items.map(({ name }) => name)).toEqual(['toy', 'toy-too'])
    expect((await client.protocol('toy')).optionsSchema).toHaveProperty('properties.skill')
    expect((await client.catalog({ kind: 'thing', protocol: 'toy' })).items.map(({ name }) => name)).toEqual(['ball'])
    expect(
      await (
        await fetch(`http://127.0.0.1:${port}/v1/catalogue`, { headers: { authorization: `Bearer ${key}` } })
      ).json(),
    ).toEqual(await client.catalog())
    expect((await client.preview(spec)).runs).toBe(4)
    const { created, experiment } = await client.submit({ ...spec, name: 'whole' }, { idempotencyKey: 'whole' })
    expect([created, (await client.submit({ ...spec, name: 'whole' }, { idempotencyKey: 'whole' })).created]).toEqual([
      true,
      false,
    ])
    expect((await client.extend(experiment.id, { seeds: 1 })).resolved.seeds).toEqual([0, 1, 2])
    await drain(service, { id: experiment.id, key, finish })
    expect((await client.experiment(experiment.id)).state).toBe('succeeded')
    const { aggregates } = await client.results(experiment.id)
    expect(aggregates[0]?.estimate).toMatchObject({ value: 1, count: 3 })
    expect((await client.compare({ arms: [{ experimentId: experiment.id }] })).arms).toHaveLength(2)
    const taskId = experiment.runs[0]?.tasks[0]?.id ?? ''
    expect((await client.run(experiment.runs[0]?.id ?? '')).seed).toBe(0)
    expect((await client.task(taskId)).result).toEqual(result)
    expect((await client.logs(taskId)).items).toEqual([])
    expect((await client.training(experiment.id, { maxRuns: 4 })).leftOut).toBe(2)
    expect((await client.manifests(experiment.id)).manifests).toHaveLength(1)
    expect((await client.series(taskId, { names: ['loss'], maxPoints: 10 })).series).toEqual([])
    expect((await client.checkpoints({ taskId })).items).toEqual([])
    expect((await client.experiments({ name: 'whole', state: 'succeeded' })).items).toHaveLength(1)
  })

  test('cancel and retry', async () => {
    const { id } = await submit()
    expect((await client.cancel(id)).state).toBe('cancelled')
    expect((await client.retry(id)).state).toBe('waiting')
    await client.cancel(id)
    await client.extend((await submit()).id, { seeds: 1 })
    const { items } = await service.store.apiKeys.audit(await service.store.workspaces.ensure('default'), { limit: 5 })
    expect(items.map(({ action, actor, address }) => [action, actor?.name, address])).toEqual([
      ['experiment.extended', 'test', '127.0.0.1'],
      ['experiment.submitted', 'test', '127.0.0.1'],
      ['experiment.cancelled', 'test', '127.0.0.1'],
      ['experiment.retried', 'test', '127.0.0.1'],
      ['experiment.cancelled', 'test', '127.0.0.1'],
    ])
  })

  test('quotas', async () => {
    await service.store.workspaces.ensure('lab')
    const inLab = clientOn(port, await service.createKey('lab', 'manage'))
    const operator = clientOn(port, await service.createKey('default', 'admin', { operator: true }))
    const { quota, use } = await operator.setQuota('lab', { unfinishedRuns: 5, storageBytes: 1_000_000 })
    expect(quota).toEqual({ cpuTasks: null, gpuTasks: null, unfinishedRuns: 5, storageBytes: 1_000_000, weight: 1 })
    expect(use.unfinishedRuns).toBe(0)
    const { experiment } = await inLab.submit(spec)
    for (const refused of [
      () => inLab.submit({ ...spec, name: 'more' }),
      () => inLab.extend(experiment.id, { seeds: 2 }),
    ])
      await expect(refused()).rejects.toMatchObject({
        code: 'quota-exceeded',
        message: expect.stringMatching(/may have 5 unfinished ones and has 4.*goalpost workspaces quota/) as string,
      })
    expect(await inLab.storage()).toMatchObject({ quota, use: { unfinishedRuns: 4 } })
    const { items } = await operator.workspaces()
    expect(items.find(({ name }) => name === 'lab')).toMatchObject({ quota, use: { unfinishedRuns: 4 } })
    expect((await operator.setQuota('lab', { unfinishedRuns: null })).quota.unfinishedRuns).toBeNull()
    await expect(inLab.setQuota('lab', {})).rejects.toMatchObject({ code: 'insufficient-scope' })
    await expect(operator.setQuota('nowhere', {})).rejects.toMatchObject({ code: 'not-found' })
    await expect(operator.setQuota('lab', { weight: 0 })).rejects.toMatchObject({ code: 'invalid-request' })
    await inLab.cancel(experiment.id)
  })

  test('labels, notes and external ids', async () => {
    const { id, createdBy } = await submit({ labels: { team: 'a', old: 'x' } })
    expect(createdBy).toBe('test')
    const labelled = await client.setLabels(id, { set: { team: 'b', paper: '2' }, remove: ['old', 'absent'] })
    expect(labelled.labels).toEqual({ team: 'b', paper: '2' })
    expect((await client.experiments({ label: 'paper=2' })).items).toMatchObject([{ id }])
    expect((await client.setNote(id, 'looks wrong')).note).toBe('looks wrong')
    expect((await client.setNote(id, null)).note).toBeNull()
    const named = { ...spec, fresh: true, name: 'named' }
    const [first, second] = await Promise.all([
      client.putExperiment('a/b-1', named),
      client.putExperiment('a/b-1', named),
    ])
    expect([first.created, second.created].toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true])
    expect(second.experiment.id).toBe(first.experiment.id)
    expect((await client.experimentByExternalId('a/b-1')).externalId).toBe('a/b-1')
    await expect(client.putExperiment('a/b-1', { ...named, seeds: 1 })).rejects.toMatchObject({
      code: 'idempotency-mismatch',
      message: expect.stringContaining('another spec') as string,
    })
    await expect(client.putExperiment('a b', named)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('externalId') as string,
    })
    await expect(client.experimentByExternalId('none')).rejects.toMatchObject({ code: 'not-found' })
    await client.cancel(id)
    await client.cancel(first.experiment.id)
    await client.deleteExperiment(first.experiment.id)
    expect((await client.putExperiment('a/b-1', named)).created).toBe(true)
  })

  test('archive, unarchive, delete and storage', async () => {
    const { id } = await submit({ name: 'to archive' })
    expect((await client.archive(id)).archivedAt).not.toBeNull()
    expect((await client.experiments({ name: 'to archive' })).items).toEqual([])
    expect((await client.experiments({ name: 'to archive', archived: 'only' })).items).toMatchObject([{ id }])
    expect((await client.unarchive(id)).archivedAt).toBeNull()
    expect((await client.previewDeletion(id)).refusal).toMatch(/cancel it first/)
    await expect(client.deleteExperiment(id)).rejects.toMatchObject({ code: 'state-conflict' })
    await client.cancel(id)
    expect(await client.previewDeletion(id)).toMatchObject({ runs: 4, keptTasks: 0, refusal: null })
    await client.deleteExperiment(id)
    await expect(client.experiment(id)).rejects.toMatchObject({ code: 'not-found' })
    await client.upload(new TextEncoder().encode('bytes'), { name: 'five' })
    expect((await client.storage()).kinds.uploads).toEqual({ files: 1, bytes: 5 })
  })

  test('pause, resume and priority', async () => {
    const { id } = await submit({ name: 'to pause' })
    expect((await client.pause(id)).pausedAt).not.toBeNull()
    expect((await client.resume(id)).pausedAt).toBeNull()
    expect((await client.setPriority(id, 7)).priority).toBe(7)
    const deadline = '2999-01-31T18:00:00.000Z'
    expect(await client.setDeadline(id, deadline)).toMatchObject({ deadline, stopReason: null })
    await expect(client.setDeadline(id, 'tomorrow')).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('such as 90m') as string,
    })
    await expect(client.setDeadline(id, '2001-01-31T18:00:00Z')).rejects.toMatchObject({ code: 'state-conflict' })
    expect((await client.setDeadline(id, null)).deadline).toBeNull()
    await expect(client.setPriority(id, 101)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('priority') as string,
    })
    await client.cancel(id)
    await expect(client.pause(id)).rejects.toMatchObject({ code: 'state-conflict' })
  })

  test('a YAML text is submitted unchanged', async () => {
    const { experiment } = await client.submit('apiVersion: goalpost/v1\nprotocol: toy\nname: yaml\nseeds: 1\n')
    expect(experiment.name).toBe('yaml')
    await client.cancel(experiment.id)
  })

  test('all pages of a list are read in order', async () => {
    const { id } = await submit({ seeds: 5 })
    const seeds: string[] = []
    for await (const run of everyItem((cursor) => client.runs({ experimentId: id, limit: 3, cursor })))
      seeds.push(`${run.condition} ${run.seed}`)
    expect(seeds.toSorted()).toEqual(
      ['high', 'low'].flatMap((name) => [0, 1, 2, 3, 4].map((seed) => `${name} ${seed}`)),
    )
    await client.cancel(id)
  })

  test('polling an experiment transfers it only when it has changed', async () => {
    const { id } = await submit()
    const first = await client.experiment(id)
    requests = []
    expect(await client.experiment(id)).toBe(first)
    // Node's fetch accepts compressed answers, whose tags are weak.
    expect(requests[0]?.headers.get('if-none-match')).toMatch(/^(W\/)?"test-\d+\+[0-9a-f]+_[0-9a-f]{12}"$/)
    await client.cancel(id)
    expect((await client.experiment(id)).state).toBe('cancelled')
  })
})

describe('every failure is a GoalpostError with a code of the table', () => {
  async function codeOf(work: Promise<unknown>): Promise<string> {
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(GoalpostError)
    return (error as GoalpostError).code
  }
  test('a refused spec has its issues', async () => {
    await expect(client.submit({ ...spec, sedes: 1 })).rejects.toMatchObject({
      code: 'invalid-spec',
      issues: [{ pointer: '/sedes', remedy: 'Did you mean `seeds`?' }],
    })
  })
  test('a number that JSON cannot represent is refused before it becomes null', async () => {
    expect(await codeOf(client.submit({ ...spec, options: { skill: Number.NaN } }))).toBe('invalid-request')
  })
  test('a missing service is `unavailable`, with its address', async () => {
    await expect(clientOn(1).experiments()).rejects.toMatchObject({ code: 'unavailable', message: /127\.0\.0\.1:1/ })
  })
  test('a wrong key and an unknown id', async () => {
    expect(await codeOf(clientOn(port, 'gp_wrong').experiments())).toBe('invalid-key')
    expect(await codeOf(client.experiment('0197a1de-0000-7000-8000-000000000000'))).toBe('not-found')
    expect(await codeOf(client.run('../../healthz'))).toBe('not-found')
  })
  test('an answer of another server is distinguished from one of Goalpost', async () => {
    const answering = (body: string, status: number): Client =>
      createClient({ baseUrl: 'http://x', apiKey: key, fetch: async () => new Response(body, { status }) })
    expect(await codeOf(answering('<html>', 200).health())).toBe('unavailable')
    expect(await codeOf(answering('<html>', 502).health())).toBe('unavailable')
    expect(await codeOf(answering('{"status":"other"}', 200).health())).toBe('internal')
  })
})

describe('watching', () => {
  async function collect(
    sightings: AsyncIterable<Sighting>,
    each: (sighting: Sighting) => void | Promise<void> = () => undefined,
  ): Promise<Sighting[]> {
    const seen: Sighting[] = []
    for await (const sighting of sightings) {
      seen.push(sighting)
      await each(sighting)
    }
    return seen
  }
  const sequences = (seen: readonly Sighting[]): number[] =>
    seen.flatMap((sighting) => (sighting.type === 'change' ? [sighting.change.sequence] : []))

  test('shows every change once and in order, the progress of the experiment, and its end', async () => {
    const { id } = await submit({ seeds: 1 })
    const watching = collect(client.watch(id))
    await drain(service, { id, key, finish })
    const seen = await watching
    const numbers = sequences(seen)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    const changes = seen.flatMap((sighting) => (sighting.type === 'change' ? [sighting.change] : []))
    expect(changes[0]?.type).toBe('experiment.created')
    expect(changes.filter(({ type }) => type === 'task.state').length).toBeGreaterThanOrEqual(5)
    const standing = seen.findLast((sighting) => sighting.type === 'progress')
    expect(standing).toMatchObject({
      progress: { state: 'succeeded', runs: [{ state: 'succeeded' }, { state: 'succeeded' }] },
    })
    expect(seen.at(-1)).toEqual({ type: 'end', end: { experimentId: id, state: 'succeeded' } })
  })

  test('continues after the last change received', async () => {
    const { id } = await submit({ seeds: 1 })
    await drain(service, { id, key, finish })
    const all = sequences(await collect(client.watch(id)))
    expect(sequences(await collect(client.watch(id, { lastEventId: 3 })))).toEqual(all.slice(3))
    expect(sequences(await collect(client.watch(id, { lastEventId: all.length })))).toEqual([])
    // As a browser's EventSource asks, which sends no header.
    const headers = { authorization: `Bearer ${key}` }
    const streamed = await fetch(`http://127.0.0.1:${port}/v1/experiments/${id}/events?lastEventId=3`, { headers })
    expect((await streamed.text()).match(/^id: \d+$/gm)).toEqual(all.slice(3).map((sequence) => `id: ${sequence}`))
  })

  test('can begin with only new changes, and goes on after the last one before them', async () => {
    const { id } = await submit({ seeds: 1 })
    const streamed = client.watch(id, { lastEventId: 'latest' })
    const first = await streamed.next()
    expect(first.value).toMatchObject({ type: 'progress' })
    await drain(service, { id, key, finish })
    const rest = sequences(await collect(streamed))
    const all = sequences(await collect(client.watch(id)))
    expect(rest).toEqual(all.slice(all.length - rest.length))
    expect(rest.length).toBeGreaterThanOrEqual(5)
    expect(rest.length).toBeLessThan(all.length)
    // Nothing is new, but a client that was cut off here knows where to go on.
    const url = `http://127.0.0.1:${port}/v1/experiments/${id}/events?lastEventId=latest`
    const ended = await (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).text()
    expect(ended).not.toContain('event: change')
    expect(ended).toContain(`id: ${all.length}\nevent: progress`)
  })

  test('resumes after a lost connection, without gaps or duplicates', async () => {
    const proxy = await startOutageProxy({ host: '127.0.0.1', port })
    const { id } = await submit({ seeds: 2 })
    let outages = 0
    const reconnects: string[] = []
    const onReconnect = (error: GoalpostError): void => void reconnects.push(error.code)
    const seen = await collect(clientOn(proxy.port).watch(id, { onReconnect }), async ({ type }) => {
      if (type !== 'progress' || outages === 3) return
      outages += 1
      await proxy.disappear()
      const { tasks } = await client.experiment(id)
      if (outages === 2) await drain(service, { id, key, finish, only: ({ kind }) => kind === 'train' })
      if (outages === 3) await drain(service, { id, key, finish })
      expect(tasks).toBeDefined()
      await proxy.reappear()
    })
    await proxy.disappear()
    const numbers = sequences(seen)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(reconnects.length).toBeGreaterThanOrEqual(3)
    expect(seen.at(-1)?.type).toBe('end')
  })

  test('ends at once when it is aborted', async () => {
    const { id } = await submit()
    const calledOff = new AbortController()
    const seen = await collect(client.watch(id, { signal: calledOff.signal }), () => calledOff.abort())
    expect(seen).toHaveLength(1)
    await client.cancel(id)
  })

  test('a refusal is thrown, not retried', async () => {
    await expect(collect(client.watch('0197a1de-0000-7000-8000-000000000000'))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(collect(clientOn(port, 'gp_wrong').watch((await submit()).id))).rejects.toMatchObject({
      code: 'invalid-key',
    })
  })

  test('a quiet stream sends heartbeats', async () => {
    const { id } = await submit()
    const headers = { authorization: `Bearer ${key}` }
    const response = await fetch(`http://127.0.0.1:${port}/v1/experiments/${id}/events`, { headers })
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array)
      if (text.includes(': still here')) break
    }
    expect(text).toMatch(/^retry: \d+\n\nid: 1\nevent: change\ndata: /)
    await client.cancel(id)
  })

  test('a server that closes does not wait for its streams', async () => {
    const another = await service.buildAnother()
    await another.listen({ port: 0, host: '127.0.0.1' })
    const { id } = await submit()
    const own = clientOn(portOf(another.server))
    const calledOff = new AbortController()
    let closed: Promise<unknown> | undefined
    await collect(own.watch(id, { signal: calledOff.signal, onReconnect: () => calledOff.abort() }), ({ type }) => {
      if (type === 'progress') closed ??= another.close()
    })
    await closed
    await client.cancel(id)
  })
})
