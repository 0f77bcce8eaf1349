import { expect, test } from 'vitest'
import { isBehind, mostPagesAgain, nextCursorOf, readAgain, readMore, type ReadPages } from './read-pages.ts'

const pageSize = 4

/** A service with a list of rows that changes; a cursor is the key of the last row before a page. */
function service(...rows: string[]) {
  const requests: (string | null)[] = []
  const source = {
    keyOf: (row: string) => row.slice(0, 2),
    read: async (cursor: string | null) => {
      requests.push(cursor)
      const start = cursor === null ? 0 : rows.findIndex((row) => row.startsWith(cursor)) + 1
      const items = rows.slice(start, start + pageSize)
      return { items, nextCursor: start + pageSize < rows.length ? (items.at(-1)?.slice(0, 2) ?? null) : null }
    },
  }
  return { rows, requests, source }
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index).padStart(2, '0'))
const itemsOf = ({ pages }: ReadPages<string>) => pages.flatMap(({ items }) => items)

async function readWhole({ source }: ReturnType<typeof service>): Promise<ReadPages<string>> {
  let list = await readAgain(source, () => undefined, 0)
  while (nextCursorOf(list) !== null) list = (await readMore(source, () => list)) ?? list
  return list
}

test('however many pages are read, three are read again, and nothing is lost', async () => {
  const api = service(...numbered(80))
  const list = await readWhole(api)
  expect(list.pages).toHaveLength(20)
  api.requests.length = 0
  const again = await readAgain(api.source, () => list, 0)
  expect(api.requests).toHaveLength(mostPagesAgain)
  expect(itemsOf(again)).toEqual(api.rows)
})

test('the pages around the row in view are read again', async () => {
  const api = service(...numbered(80))
  const list = await readWhole(api)
  api.requests.length = 0
  api.rows[41] = '41 changed'
  api.rows[0] = '00 changed'
  const again = await readAgain(api.source, () => list, 42)
  expect(api.requests).toEqual(['39', '43', '47'])
  expect(itemsOf(again)[41]).toBe('41 changed')
  expect(itemsOf(again)[0]).toBe('00')
})

test('new rows on top push none out, and rows that moved there are not listed twice', async () => {
  const api = service(...numbered(24))
  const list = await readWhole(api)
  api.rows.unshift('n1', 'n2', ...api.rows.splice(20, 1))
  const again = await readAgain(api.source, () => list, 0)
  expect(itemsOf(again)).toEqual(api.rows)
  const later = await readAgain(api.source, () => again, 13)
  expect(itemsOf(later)).toEqual(api.rows)
})

test('rows that are gone leave the pages that are read again', async () => {
  const api = service(...numbered(24))
  const list = await readWhole(api)
  api.rows.splice(2, 6)
  expect(itemsOf(await readAgain(api.source, () => list, 0))).toEqual(api.rows)
})

test('a list that has changed altogether is read from its beginning', async () => {
  const list = await readWhole(service(...numbered(24)))
  const other = service(...Array.from({ length: 24 }, (_, index) => `x${String.fromCharCode(97 + index)}`))
  const again = await readAgain(other.source, () => list, 0)
  expect(itemsOf(again)).toEqual(other.rows.slice(0, mostPagesAgain * pageSize))
  expect(nextCursorOf(again)).not.toBeNull()
})

test('a page that was read while others were read again stays', async () => {
  const api = service(...numbered(80))
  let list = await readAgain(api.source, () => undefined, 0)
  const again = readAgain(api.source, () => list, 0)
  list = { ...list, pages: [...list.pages, { items: ['04', '05'], nextCursor: null, cursor: '03', readAtMs: 0 }] }
  expect(itemsOf(await again)).toEqual(['00', '01', '02', '03', '04', '05'])
})

test('only pages that were not read again are behind', () => {
  const page = (readAtMs: number) => ({ items: ['a', 'b'], nextCursor: 'b', cursor: null, readAtMs })
  const list = { pages: [page(20), page(20), page(20), page(5)], refreshedAtMs: 10 }
  expect(isBehind(list, 0, 5)).toBe(false)
  expect(isBehind(list, 4, 6)).toBe(true)
  expect(isBehind({ pages: [], refreshedAtMs: 10 }, 0, 0)).toBe(false)
})
