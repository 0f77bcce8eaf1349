import type { WorkerAnnouncement, WorkerView } from '@goalpost/contracts'
import { workerSilenceMs, type WorkerRegistry } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import type { Changes, Clock } from '../tasks/change.ts'

/** Rows of crashed workers are deleted; live ones never get near this age. */
const forgottenAfterMs = 10 * workerSilenceMs

export function createWorkerRegistry(database: Database, changes: Changes, clock?: Clock): WorkerRegistry {
  return {
    announce: (worker) => database.query((queries) => announce(queries, worker, clock?.() ?? null)),
    withdraw: (id) => database.query(async (queries) => void (await queries.worker.deleteMany({ where: { id } }))),
    list: () => changes.run(({ queries, now }) => liveWorkers(queries, now)),
  }
}

/** One statement, as every idle worker repeats it. Null: the database's own time. */
async function announce(queries: Queries, worker: WorkerAnnouncement, at: Date | null): Promise<void> {
  const { id, host, codeRevision, queues, cores, engines } = worker
  const now = at?.toISOString() ?? null
  // SKIP LOCKED: a worker frozen while it writes its row must block no one.
  await queries.$executeRaw`
    WITH clock AS (SELECT coalesce(${now}::timestamptz, clock_timestamp()) AS now), forgotten AS (
      DELETE FROM workers WHERE id IN (
        SELECT id FROM workers, clock
        WHERE id <> ${id} AND last_seen_at < clock.now - make_interval(secs => ${forgottenAfterMs / 1_000}::float8)
        FOR UPDATE OF workers SKIP LOCKED))
    INSERT INTO workers (id, host, code_revision, queues, cores, engines, started_at, last_seen_at)
    SELECT ${id}, ${host}, ${codeRevision}, ${JSON.stringify(queues)}::jsonb, ${cores}::int,
      ${engines === null ? null : JSON.stringify(engines)}::jsonb, clock.now, clock.now
    FROM clock
    ON CONFLICT (id) DO UPDATE SET host = excluded.host, code_revision = excluded.code_revision,
      queues = excluded.queues, cores = excluded.cores, engines = excluded.engines, last_seen_at = excluded.last_seen_at`
}

/** Workers seen recently. */
export async function liveWorkers(queries: Queries, now: Date): Promise<WorkerView[]> {
  const rows = await queries.worker.findMany({
    where: { lastSeenAt: { gte: new Date(now.getTime() - workerSilenceMs) } },
    orderBy: [{ host: 'asc' }, { startedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ queues, engines, startedAt, lastSeenAt, ...row }) => ({
    ...row,
    queues: fromStored(queues),
    engines: fromStored(engines),
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }))
}

/** The queues and engines of the workers seen recently, one row for all that are equal: a fleet has few kinds of workers. */
export async function readCapacity(queries: Queries, now: Date): Promise<Capacity[]> {
  const since = new Date(now.getTime() - workerSilenceMs).toISOString()
  const kinds = await queries.$queryRaw<(Capacity & { readonly workers: number })[]>`
    SELECT queues, engines, count(*)::int AS workers FROM workers WHERE last_seen_at >= ${since}::timestamptz
    GROUP BY queues, engines`
  return kinds.flatMap(({ workers, ...capacity }) => Array.from({ length: workers }, () => capacity))
}

export type Capacity = Pick<WorkerView, 'queues' | 'engines'>
