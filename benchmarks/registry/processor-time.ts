import { readFileSync } from 'node:fs'
import type pg from 'pg'

/** Of Linux, in all common configurations. */
const ticksPerSecond = 100

type Ticks = { readonly own: number; readonly ended: number }

/** The processor time of all connections to the database so far, also of those that have ended, in milliseconds. */
export async function databaseTimeMs(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
    UNION ALL SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int`,
  )
  const ticks = rows.map(({ pid }) => ticksOf(pid)).reduce((sum, { own, ended }) => sum + own + ended, 0)
  return ticks * (1_000 / ticksPerSecond)
}

/** Fields 14 to 17 of proc(5): of the process, and of its children that have ended. */
function ticksOf(pid: number): Ticks {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const sum = (from: number) => (fields[from] ?? 0) + (fields[from + 1] ?? 0)
  return { own: sum(11), ended: sum(13) }
}
