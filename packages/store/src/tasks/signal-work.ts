import type { WorkSignal } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'

export const workChannel = 'goalpost_work'

/** Delivered with the commit, and not at all without one. Equal signals of one transaction arrive as one. */
export async function signalWork(queries: Queries, signals: ReadonlySet<WorkSignal>): Promise<void> {
  for (const signal of signals) await queries.$executeRaw`SELECT pg_notify(${workChannel}, ${signal})`
}
