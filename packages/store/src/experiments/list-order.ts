import type { ExperimentSort, ExperimentState } from '@goalpost/contracts'
import { decodeCursor } from '../database/cursor.ts'
import { Prisma, type Experiment } from '../generated/client.ts'

type Position = readonly (string | number)[]
type Ordered = Pick<Experiment, 'id' | 'name' | 'state' | 'priority' | 'verdictRank' | 'donePermille' | 'changedMinute'>

/** An order of the list, total because ids are unique, and read along an index of the same columns. */
export type ListOrder = {
  readonly orderBy: Prisma.Sql
  /** Holds for the rows after the end of a page. */
  after(cursor: string): Prisma.Sql
  position(row: Ordered): Position
}

const byId = (orderBy: Prisma.Sql, isAfter: (id: Prisma.Sql) => Prisma.Sql): ListOrder => ({
  orderBy,
  after(cursor) {
    const [id = ''] = decodeCursor(cursor, ['id'])
    return isAfter(Prisma.sql`${id}::uuid`)
  },
  position: ({ id }) => [id],
})

/** A value that several rows may share; these are then in the order of their ids, which goes the same way. */
type Key = {
  readonly column: Prisma.Sql
  readonly kind: 'text' | 'number'
  readonly cast: Prisma.Sql
  value(row: Ordered): string | number
}

function byKey({ column, kind, cast, value }: Key, direction: 'up' | 'down'): ListOrder {
  const [way, isAfter] = direction === 'up' ? [Prisma.sql`ASC`, Prisma.sql`>`] : [Prisma.sql`DESC`, Prisma.sql`<`]
  return {
    orderBy: Prisma.sql`${column} ${way}, e.id ${way}`,
    after(cursor) {
      const [last = '', id = ''] = decodeCursor(cursor, [kind, 'id'])
      return Prisma.sql`(${column}, e.id) ${isAfter} (${last}::${cast}, ${id}::uuid)`
    },
    position: (row) => [value(row), row.id],
  }
}

const name: Key = {
  column: Prisma.sql`e.name`,
  kind: 'text',
  cast: Prisma.sql`text`,
  value: (row) => row.name,
}

/** What changes soonest has the highest rank. As in the index `experiments_state_order_idx`. */
const stateRanks: Readonly<Record<ExperimentState, number>> = {
  running: 4,
  waiting: 3,
  failed: 2,
  cancelled: 1,
  succeeded: 0,
}

const state: Key = {
  column: Prisma.sql`(CASE e.state WHEN 'running' THEN 4 WHEN 'waiting' THEN 3 WHEN 'failed' THEN 2 WHEN 'cancelled' THEN 1
    ELSE 0 END)`,
  kind: 'number',
  cast: Prisma.sql`int`,
  value: (row) => stateRanks[row.state as ExperimentState],
}

const priority: Key = {
  column: Prisma.sql`e.priority`,
  kind: 'number',
  cast: Prisma.sql`int`,
  value: (row) => row.priority,
}

const verdict: Key = {
  column: Prisma.sql`e.verdict_rank`,
  kind: 'number',
  cast: Prisma.sql`int`,
  value: (row) => row.verdictRank,
}

/** In thousandths, and in minutes: finer steps would have every report of every task write to the index. */
const progress: Key = {
  column: Prisma.sql`e.done_permille`,
  kind: 'number',
  cast: Prisma.sql`int`,
  value: (row) => row.donePermille,
}

const updated: Key = {
  column: Prisma.sql`e.changed_minute`,
  kind: 'number',
  cast: Prisma.sql`int`,
  value: (row) => row.changedMinute,
}

/** Ids are UUID v7, and so ordered by time of creation. */
export const listOrders: Readonly<Record<ExperimentSort, ListOrder>> = {
  '-created': byId(Prisma.sql`e.id DESC`, (id) => Prisma.sql`e.id < ${id}`),
  created: byId(Prisma.sql`e.id`, (id) => Prisma.sql`e.id > ${id}`),
  name: byKey(name, 'up'),
  '-name': byKey(name, 'down'),
  state: byKey(state, 'down'),
  '-state': byKey(state, 'up'),
  priority: byKey(priority, 'up'),
  '-priority': byKey(priority, 'down'),
  verdict: byKey(verdict, 'down'),
  '-verdict': byKey(verdict, 'up'),
  progress: byKey(progress, 'up'),
  '-progress': byKey(progress, 'down'),
  updated: byKey(updated, 'up'),
  '-updated': byKey(updated, 'down'),
}
