import type { WorkerAnnouncement, WorkerView } from '@goalpost/contracts'
import { workerSilenceMs, type WorkerRegistry } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import type { Changes } from '../tasks/change.ts'

/** Rows of workers that ended without a word are worth nothing; live ones are never near this. */
const forgottenAfterMs = 10 * workerSilenceMs

export function createWorkerRegistry(changes: Changes): WorkerRegistry {
  return {
    announce: (worker) => changes.run(({ queries, now }) => announce(queries, worker, now)),
    withdraw: (id) => changes.run(async ({ queries }) => void (await queries.worker.deleteMany({ where: { id } }))),
    list: () => changes.run(({ queries, now }) => liveWorkers(queries, now)),
  }
}

async function announce(queries: Queries, worker: WorkerAnnouncement, now: Date): Promise<void> {
  const { id, host, codeRevision, queues, cores, engines } = worker
  const at = now.toISOString()
  await queries.$executeRaw`
    INSERT INTO workers (id, host, code_revision, queues, cores, engines, started_at, last_seen_at)
    VALUES (${id}, ${host}, ${codeRevision}, ${JSON.stringify(queues)}::jsonb, ${cores}::int,
      ${engines === null ? null : JSON.stringify(engines)}::jsonb, ${at}::timestamptz, ${at}::timestamptz)
    ON CONFLICT (id) DO UPDATE SET host = excluded.host, code_revision = excluded.code_revision,
      queues = excluded.queues, cores = excluded.cores, engines = excluded.engines, last_seen_at = excluded.last_seen_at`
  const forgotten = new Date(now.getTime() - forgottenAfterMs).toISOString()
  // Nobody waits for the row of a worker that is frozen while it writes it.
  await queries.$executeRaw`
    DELETE FROM workers WHERE id IN (
      SELECT id FROM workers WHERE last_seen_at < ${forgotten}::timestamptz FOR UPDATE SKIP LOCKED)`
}

/** Those seen of late. */
export async function liveWorkers(queries: Queries, now: Date): Promise<WorkerView[]> {
  const rows = await queries.worker.findMany({
    where: { lastSeenAt: { gte: new Date(now.getTime() - workerSilenceMs) } },
    orderBy: [{ host: 'asc' }, { startedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ queues, engines, startedAt, lastSeenAt, ...row }) => ({
    ...row,
    queues: queues as WorkerView['queues'],
    engines: engines as WorkerView['engines'],
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }))
}
