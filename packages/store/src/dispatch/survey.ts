import type { Device } from '@goalpost/contracts'
import type { Queries } from '../database/open-database.ts'
import type { InFlight } from './room.ts'

type Row = Omit<InFlight, 'state'> & { readonly state: InFlight['state'] | 'ready'; readonly device: Device }

export type Survey = {
  /** Of which kinds some tasks are ready, by device: not how many, which would cost the more the longer the backlog is. */
  readonly ready: readonly { readonly device: Device; readonly short: boolean }[]
  readonly inFlight: readonly (InFlight & { readonly device: Device })[]
}

/**
 * What a dispatcher has to know before it chooses, in one statement: most of them find that there is nothing to do. The
 * planner makes a join of an EXISTS, which reads the whole backlog; this subquery reads one row, as only the index has this order.
 */
export async function survey(queries: Queries): Promise<Survey> {
  const rows = await queries.$queryRaw<Row[]>`
    SELECT device, state, short, lane, count(*)::int AS tasks FROM tasks
    WHERE state IN ('queued', 'running') GROUP BY device, state, short, lane
    UNION ALL
    SELECT d.device, 'ready', s.short, 'any', 1
    FROM (VALUES ('cpu'), ('gpu')) AS d(device) CROSS JOIN (VALUES (true), (false)) AS s(short)
    WHERE (SELECT true FROM tasks t WHERE t.state = 'ready' AND t.device = d.device AND t.short = s.short
      ORDER BY t.engine LIMIT 1)`
  return {
    ready: rows.filter(({ state }) => state === 'ready'),
    inFlight: rows.flatMap(({ state, ...row }) => (state === 'ready' ? [] : [{ ...row, state }])),
  }
}
