import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'
import { openDatabase, type Database } from '../database/open-database.ts'
import { appendWorkspaceEvents } from './append-workspace-events.ts'

let bench: Bench
let client: pg.Client
let database: Database

beforeAll(async () => {
  bench = await startBench()
  client = new pg.Client({ connectionString: bench.database.url })
  await client.connect()
  database = openDatabase({ url: bench.database.url, poolSize: 4 })
})
afterAll(async () => {
  await client.end()
  await database.close()
  await bench.close()
})

type Row = { id: number; type: string; subject: string; payload: Record<string, unknown> }

async function eventsOf(workspace: string): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    'SELECT id::int, type, subject, payload FROM workspace_events WHERE workspace_id = $1 ORDER BY id',
    [workspace],
  )
  return rows
}

describe('the events of a workspace', () => {
  it('include what happens to its experiments, but not to their tasks, in order, and nothing of other workspaces', async () => {
    const [workspace, other] = [await bench.workspaces.ensure('announced'), await bench.workspaces.ensure('silent')]
    const id = await bench.submit({ name: 'mice' }, workspace)
    await bench.work()
    const events = await eventsOf(workspace)
    expect(events.map(({ type, subject, payload }) => [type, subject, payload['state']])).toEqual([
      ['experiment.created', `experiments/${id}`, undefined],
      ['experiment.state', `experiments/${id}`, 'running'],
      ['experiment.state', `experiments/${id}`, 'succeeded'],
    ])
    const own = await bench.experiments.events(workspace, id, 0, 1_000)
    expect(events[2]!.payload).toEqual({
      state: 'succeeded',
      previous: 'running',
      experiment: { id, name: 'mice', protocol: 'toy', sequence: own.at(-1)!.sequence },
    })
    expect(await eventsOf(other)).toEqual([])
  })

  it('are visible in the order of their ids: a later transaction waits for an earlier one to end', async () => {
    const workspaceId = await bench.workspaces.ensure('ordered')
    const append = (subject: string, whenAppended: () => Promise<unknown>) =>
      database.transaction(async (queries) => {
        const event = { type: 'experiment.state', subject, payload: {} } as const
        await appendWorkspaceEvents(queries, { workspaceId, now: new Date() }, [event])
        await whenAppended()
      })
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let started = (): void => undefined
    const appended = new Promise<void>((resolve) => (started = resolve))
    const slow = append('slow', async () => {
      started()
      await held
    })
    await appended
    const quick = append('quick', async () => undefined)
    await waitForBlockedSession()
    expect(await eventsOf(workspaceId)).toEqual([])
    release()
    await Promise.all([slow, quick])
    expect((await eventsOf(workspaceId)).map(({ subject }) => subject)).toEqual(['slow', 'quick'])
  })
})

async function waitForBlockedSession(): Promise<void> {
  for (let look = 0; look < 200; look++) {
    const { rows } = await client.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
    if (rows.length > 0) return
    await sleep(20)
  }
  throw new Error('No transaction waits for the lock')
}
