import type { ExperimentSort } from '@goalpost/contracts'
import { decodeCursor } from '../database/cursor.ts'
import { Prisma } from '../generated/client.ts'

type Position = readonly (string | number)[]

/** An order of the list, total because ids are unique, and read along an index of the same columns. */
export type ListOrder = {
  readonly orderBy: Prisma.Sql
  /** Holds for the rows after the end of a page. */
  after(cursor: string): Prisma.Sql
  position(row: { readonly id: string; readonly name: string }): Position
}

const byId = (orderBy: Prisma.Sql, isAfter: (id: Prisma.Sql) => Prisma.Sql): ListOrder => ({
  orderBy,
  after(cursor) {
    const [id = ''] = decodeCursor(cursor, ['id'])
    return isAfter(Prisma.sql`${id}::uuid`)
  },
  position: ({ id }) => [id],
})

const byName = (orderBy: Prisma.Sql, isAfter: (end: Prisma.Sql) => Prisma.Sql): ListOrder => ({
  orderBy,
  after(cursor) {
    const [name = '', id = ''] = decodeCursor(cursor, ['text', 'id'])
    return isAfter(Prisma.sql`(${name}::text, ${id}::uuid)`)
  },
  position: ({ name, id }) => [name, id],
})

/** Ids are UUID v7, and so ordered by time of creation. */
export const listOrders: Readonly<Record<ExperimentSort, ListOrder>> = {
  '-created': byId(Prisma.sql`e.id DESC`, (id) => Prisma.sql`e.id < ${id}`),
  created: byId(Prisma.sql`e.id`, (id) => Prisma.sql`e.id > ${id}`),
  name: byName(Prisma.sql`e.name, e.id`, (end) => Prisma.sql`(e.name, e.id) > ${end}`),
  '-name': byName(Prisma.sql`e.name DESC, e.id DESC`, (end) => Prisma.sql`(e.name, e.id) < ${end}`),
}
