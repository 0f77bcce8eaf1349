import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient, type Client } from '@goalpost/client'
import { createStore, migrate, type Store } from '@goalpost/store'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '../../apps/api/test/create-key.ts'
import { startApi, type ApiProcess } from './api-process.ts'
import { openInvariants, type Invariants } from './invariants.ts'
import { startGateway, type Gateway, type Statement } from './statement-gateway.ts'

/**
 * SIGKILL of the API during each sort of change: before its commit, or after it and before the client gets an answer.
 * The client repeats the request at the next process. It has been made once, and the invariants hold.
 */
const moments = ['before', 'after'] as const
type Moment = (typeof moments)[number]

let database: TestDatabase
let folder: string
let gateway: Gateway
let invariants: Invariants
let store: Store
let api: ApiProcess
let url: string

beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
  folder = await mkdtemp(join(tmpdir(), 'goalpost-api-crashes-'))
  const direct = new URL(database.url)
  gateway = await startGateway({ host: direct.hostname, port: Number(direct.port) })
  direct.port = String(gateway.port)
  url = direct.href
  store = createStore({ url: database.url, poolSize: 2 })
  // No worker runs, so no task has a file.
  invariants = await openInvariants(database.url, () => Promise.reject(new Error('there are no files')))
  api = await start()
})
afterAll(async () => {
  api.signal('SIGKILL')
  await api.ended
  await gateway.close()
  await invariants.close()
  await store.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const start = () => startApi({ DATABASE_URL: url, ARTIFACTS_URL: pathToFileURL(folder).href })

const spec = { apiVersion: 'goalpost/v1', protocol: 'goodhart', name: 'own', seeds: 2, fresh: true }

type Sent = { readonly method: string; readonly path: string; readonly body?: object; readonly key?: string }

/** Each in a workspace of its own: changes of one workspace wait for each other. */
const changes = {
  extension: (id: string) => ({ method: 'POST', path: `/v1/experiments/${id}/extend`, body: { seeds: [70, 71] } }),
  cancellation: (id: string) => ({ method: 'POST', path: `/v1/experiments/${id}/cancel` }),
  retry: (id: string) => ({ method: 'POST', path: `/v1/experiments/${id}/retry` }),
  deletion: (id: string) => ({ method: 'DELETE', path: `/v1/experiments/${id}` }),
  submission: () => ({ method: 'POST', path: '/v1/experiments', body: spec, key: 'once' }),
} as const satisfies Record<string, (id: string) => Sent>
type Kind = keyof typeof changes
const kinds = Object.keys(changes) as Kind[]

type Subject = {
  /** Of the experiment that is changed; none for a submission. */
  readonly id: string
  client(): Client
  /** Without the client's own repetitions, after any answer. */
  send(change?: Sent): Promise<Response>
}

async function prepare(kind: Kind, workspace: string): Promise<Subject> {
  const secret = await createKey(store, { workspace, scope: 'admin' })
  const baseUrl = () => `http://127.0.0.1:${api.port}`
  const client = () => createClient({ baseUrl: baseUrl(), apiKey: secret })
  const id = kind === 'submission' ? '' : (await client().submit(spec)).experiment.id
  if (kind === 'retry' || kind === 'deletion') await client().cancel(id)
  const send = ({ method, path, body, key }: Sent = changes[kind](id)) =>
    fetch(`${baseUrl()}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    })
  return { id, client, send }
}

/** Every change of an experiment is audited in its transaction, and nothing else is. */
const isCommit = ({ sql, before }: Statement) => sql === 'COMMIT' && before.some((one) => one.includes('audit_events'))
const isAudit = ({ sql }: Statement) => sql.includes('audit_events')

/**
 * All of them are underway then. Before their commits, only the last one has come to it: transactions take turns with
 * the events that they announce, so the others have come as far as their audit event.
 */
async function killDuring(moment: Moment, subjects: readonly Subject[]): Promise<void> {
  const answers: Promise<string>[] = []
  for (const subject of subjects) {
    const at = moment === 'before' && subject !== subjects.at(-1) ? isAudit : isCommit
    const struck = gateway.arm({ at, moment, how: 'hold' })
    const answer = subject.send().then(
      ({ status }) => `answered ${status}`,
      () => 'none',
    )
    answers.push(answer)
    await struck
  }
  api.signal('SIGKILL')
  await api.ended
  expect(await Promise.all(answers)).toEqual(answers.map(() => 'none'))
  api = await start()
}

describe.each(moments)('the API killed %s the commit of', (moment) => {
  const subjects = new Map<Kind, Subject>()
  const subject = (kind: Kind) => subjects.get(kind)!
  const audited = async (kind: Kind, action: string): Promise<number> =>
    (await subject(kind).client().audit({ limit: 200 })).items.filter((event) => event.action === action).length

  beforeAll(async () => {
    for (const kind of kinds) subjects.set(kind, await prepare(kind, `${kind}-${moment}`))
    await killDuring(moment, [...subjects.values()])
  })

  it('a submission has stored it once, when it is sent again with its Idempotency-Key', async () => {
    const { client, send } = subject('submission')
    expect((await send()).status).toBe(moment === 'before' ? 201 : 200)
    expect((await client().experiments()).items).toHaveLength(1)
    expect(await audited('submission', 'experiment.submitted')).toBe(1)
  })

  it('an extension has added its runs once', async () => {
    const { id, client, send } = subject('extension')
    expect((await send()).status).toBe(200)
    expect((await client().experiment(id)).runs).toHaveLength(4)
  })

  it('a cancellation has been made once', async () => {
    const { id, client, send } = subject('cancellation')
    expect((await send()).status).toBe(200)
    expect((await client().experiment(id)).state).toBe('cancelled')
    expect(await audited('cancellation', 'experiment.cancelled')).toBe(1)
  })

  it('a retry has been made once', async () => {
    const { id, client, send } = subject('retry')
    expect((await send()).status).toBe(moment === 'before' ? 200 : 409)
    expect((await client().experiment(id)).state).toBe('waiting')
    expect(await audited('retry', 'experiment.retried')).toBe(1)
  })

  it('a deletion has removed it whole or not at all', async () => {
    const { id, send } = subject('deletion')
    expect((await send()).status).toBe(moment === 'before' ? 204 : 404)
    expect((await send({ method: 'GET', path: `/v1/experiments/${id}` })).status).toBe(404)
    expect(await audited('deletion', 'experiment.deleted')).toBe(1)
  })

  it('five changes leaves what the invariants ask for', async () => {
    expect(await invariants.check('always')).toEqual([])
  })
})
