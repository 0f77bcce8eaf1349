import { createClient, type Client, type WorkspaceSighting } from '@goalpost/client'
import type { WorkspaceEvent } from '@goalpost/contracts'
import { startOutageProxy } from '@goalpost/testing/outage-proxy'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createStandingPoll } from '../src/routes/events/standing-poll.ts'
import { createStandingChanges } from '../src/routes/events/standing-changes.ts'
import { bearer, portOf, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let key: string
let client: Client
let port: number

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
  await service.api.listen({ port: 0, host: '127.0.0.1' })
  port = portOf(service.api.server)
  client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: key })
})
afterAll(() => service.close())

const submit = async (name: string) => (await client.submit({ ...spec, name, fresh: true })).experiment.id

/** The stream's messages, until it ends. */
async function past(query: string, headers: object = {}) {
  const { body } = await service.api.inject({
    url: `/v1/events?follow=false&${query}`,
    headers: { ...bearer(key), ...headers },
  })
  return [...body.matchAll(/^(?:id: (\d+)\n)?event: (.*)\ndata: (.*)$/gm)].map(([, id, type, data = '']) => ({
    id: id === undefined ? null : Number(id),
    type,
    data: JSON.parse(data),
  }))
}

/** Reads sightings until one satisfies the condition. */
async function until(stream: AsyncGenerator<WorkspaceSighting>, isIt: (sighting: WorkspaceSighting) => boolean) {
  const seen: WorkspaceSighting[] = []
  for (;;) {
    const { value, done } = await stream.next()
    if (done === true) throw new Error('The stream ended')
    seen.push(value)
    if (isIt(value)) return seen
  }
}

const ofExperiment = (id: string) => (sighting: WorkspaceSighting) =>
  sighting.type === 'event' && sighting.event.subject === `experiments/${id}`

test('events of the past are numbered upwards, and can be continued from any, by header or by parameter', async () => {
  const ids = [await submit('one'), await submit('two'), await submit('three')]
  const [ready, ...all] = (await past('lastEventId=0')).filter(({ id }) => id !== null)
  expect(ready).toEqual({ id: 0, type: 'ready', data: { id: 0 } })
  expect(all.map(({ data }) => data.subject)).toEqual(ids.map((id) => `experiments/${id}`))
  expect(all.map(({ id }) => id)).toEqual(all.map(({ data }) => data.id).toSorted((a, b) => a - b))
  const [first, second] = all
  const rest = async (query: string, headers = {}) =>
    (await past(query, headers)).flatMap(({ id, type }) => (id !== null && type !== 'ready' ? [id] : []))
  expect(await rest(`lastEventId=${second!.id}`)).toEqual([all[2]!.id])
  // A browser reconnects with the address of the beginning, and the header of the end.
  expect(await rest(`lastEventId=${first!.id}`, { 'last-event-id': String(second!.id) })).toEqual([all[2]!.id])
  expect(await rest('')).toEqual([])
  expect(await rest('lastEventId=999999')).toEqual([])
})

test('only the wanted types are sent: by name, by group, or progress alone', async () => {
  const id = await submit('wanted')
  const types = async (events: string) =>
    new Set((await past(`lastEventId=0&events=${events}`)).map(({ type }) => type))
  expect(await types('experiment.created')).toEqual(new Set(['ready', 'experiment.created']))
  expect(await types('verdict.changed,gate-run.*')).toEqual(new Set(['ready']))
  expect(await types('experiment.*')).toEqual(new Set(['ready', 'experiment.created', 'experiment.progress']))
  const progress = (await past('events=experiment.progress')).filter(({ type }) => type === 'experiment.progress')
  expect(progress.map(({ data }) => data.experimentId)).toContain(id)
  expect(progress.every((message) => message.id === null)).toBe(true)
})

test('a lost connection is reported, and nothing that happens meanwhile is missed or repeated', async () => {
  const proxy = await startOutageProxy({ host: '127.0.0.1', port })
  const onReconnect = vi.fn<() => void>()
  const signal = new AbortController()
  const behind = createClient({ baseUrl: `http://127.0.0.1:${proxy.port}`, apiKey: key })
  const stream = behind.watchWorkspace({ signal: signal.signal, events: ['experiment.created'], onReconnect })
  try {
    await until(stream, ({ type }) => type === 'ready')
    const before = await submit('before')
    const seen = await until(stream, ofExperiment(before))
    await proxy.disappear()
    const meanwhile = await submit('meanwhile')
    await proxy.reappear()
    const after = await submit('after')
    seen.push(...(await until(stream, ofExperiment(after))))
    const subjects = seen.flatMap((sighting) => (sighting.type === 'event' ? [sighting.event.subject] : []))
    expect(subjects).toEqual([before, meanwhile, after].map((id) => `experiments/${id}`))
    expect(onReconnect).toHaveBeenCalled()
  } finally {
    signal.abort()
    await stream.return(undefined)
    await proxy.disappear()
  }
})

test('the end of a task is seen as progress of its experiment, and its end as an event', async () => {
  const signal = new AbortController()
  const stream = client.watchWorkspace({ signal: signal.signal })
  try {
    await until(stream, ({ type }) => type === 'ready')
    const id = await submit('cancelled')
    await until(stream, (sighting) => sighting.type === 'progress' && sighting.standing.experimentId === id)
    await client.cancel(id)
    const seen = await until(
      stream,
      (sighting) => ofExperiment(id)(sighting) && sighting.type === 'event' && isEnd(sighting.event),
    )
    expect(seen.length).toBeGreaterThan(0)
  } finally {
    signal.abort()
    await stream.return(undefined)
  }
})

const isEnd = ({ type, payload }: WorkspaceEvent) => type === 'experiment.state' && payload['state'] === 'cancelled'

test('any number of watchers of any workspaces cost one statement for each look, and none costs nothing', async () => {
  const asked: string[][] = []
  const standings = async (ids: readonly string[]) => {
    asked.push([...ids])
    return ids.filter((id) => id !== 'gone').map((workspaceId) => ({ workspaceId, latestEvent: 0, open: [] }))
  }
  const poll = createStandingPoll({ standings }, 1)
  const answers = await Promise.all([poll('a'), poll('a'), poll('b'), poll('gone')])
  expect(answers.map((answer) => answer?.workspaceId ?? null)).toEqual(['a', 'a', 'b', null])
  expect(asked).toEqual([['a', 'b', 'gone']])
  await poll('b')
  expect(asked).toHaveLength(2)
})

test('a look that fails ends the streams that waited for it, and no others', async () => {
  let fails = true
  const standings = async (ids: readonly string[]) => {
    if (fails) throw new Error('down')
    return ids.map((workspaceId) => ({ workspaceId, latestEvent: 3, open: [] }))
  }
  const poll = createStandingPoll({ standings }, 1)
  await expect(poll('a')).rejects.toThrow('down')
  fails = false
  expect((await poll('a'))?.latestEvent).toBe(3)
})

test('progress is sent once in an interval, and at its end if there was more', () => {
  const changes = createStandingChanges(2_000)
  const at = (revision: number, nowMs: number) =>
    changes([{ experimentId: 'a', revision, state: 'running', tasks: {} as never, updatedAt: '' }], nowMs).map(
      (each) => each.revision,
    )
  expect([at(1, 0), at(1, 500), at(2, 1_000), at(3, 2_000), at(3, 5_000)]).toEqual([[1], [], [], [3], []])
})
