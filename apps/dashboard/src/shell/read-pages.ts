export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }

/** How a list is read: the page after a cursor, the first one after null. `keyOf` tells its items apart. */
export type PageSource<Item> = {
  readonly read: (cursor: string | null) => Promise<Page<Item>>
  readonly keyOf: (item: Item) => string | number
}

type PageQuery = { readonly limit: number; readonly cursor?: string }

const usualPageSize = 50

/** A list that the API gives by cursor and limit. */
export function sourceOf<Item>(
  read: (query: PageQuery) => Promise<Page<Item>>,
  keyOf: PageSource<Item>['keyOf'],
  limit: number = usualPageSize,
): PageSource<Item> {
  return { keyOf, read: (cursor) => read({ limit, ...(cursor === null ? {} : { cursor }) }) }
}

type ReadPage<Item> = Page<Item> & { readonly cursor: string | null; readonly readAtMs: number }

/** The pages of a list read so far. Those read before the list was last read again may be out of date. */
export type ReadPages<Item> = { readonly pages: readonly ReadPage<Item>[]; readonly refreshedAtMs: number }

type Pages<Item> = readonly ReadPage<Item>[]

/** However long a list is, as many of its pages are read again at a time. */
export const mostPagesAgain = 3

/**
 * Reads the pages around a row again. The others stay as they are, except that items which have moved are not listed
 * twice. `current` is asked again in the end, as more pages may have been read meanwhile.
 */
export async function readAgain<Item>(
  source: PageSource<Item>,
  current: () => ReadPages<Item> | undefined,
  row: number,
): Promise<ReadPages<Item>> {
  const refreshedAtMs = Date.now()
  const known = current()?.pages ?? []
  const from = pageOfRow(known, row)
  const count = Math.max(1, Math.min(mostPagesAgain, known.length - from))
  const fresh: ReadPage<Item>[] = []
  for (let cursor = known[from]?.cursor ?? null; fresh.length < count;) {
    const page = await readPage(source, cursor)
    fresh.push(page)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  return { pages: joined(current()?.pages ?? [], { from, fresh, keyOf: source.keyOf }), refreshedAtMs }
}

/** The list with its next page; the same list if there is none, or if it has changed meanwhile. */
export async function readMore<Item>(
  source: PageSource<Item>,
  current: () => ReadPages<Item> | undefined,
): Promise<ReadPages<Item> | undefined> {
  const cursor = nextCursorOf(current())
  if (cursor === null) return current()
  const page = await readPage(source, cursor)
  const list = current()
  return list === undefined || nextCursorOf(list) !== cursor ? list : { ...list, pages: [...list.pages, page] }
}

/** Null if all has been read. */
export function nextCursorOf(list: ReadPages<unknown> | undefined): string | null {
  return list?.pages.at(-1)?.nextCursor ?? null
}

/** Whether a page between these rows is older than the pages that were read again last. */
export function isBehind({ pages, refreshedAtMs }: ReadPages<unknown>, first: number, last: number): boolean {
  const from = pageOfRow(pages, first)
  const end = Math.min(pageOfRow(pages, last) + 1, from + mostPagesAgain)
  return pages.slice(from, end).some(({ readAtMs }) => readAtMs < refreshedAtMs)
}

async function readPage<Item>({ read }: PageSource<Item>, cursor: string | null): Promise<ReadPage<Item>> {
  const { items, nextCursor } = await read(cursor)
  return { items, nextCursor, cursor, readAtMs: Date.now() }
}

/** The index of the page that has a row; of the last one if the list is shorter. */
function pageOfRow(pages: Pages<unknown>, row: number): number {
  let end = 0
  const index = pages.findIndex(({ items }) => (end += items.length) > row)
  return index === -1 ? Math.max(0, pages.length - 1) : index
}

type Joining<Item> = {
  /** Where the fresh pages begin among the known ones. */
  readonly from: number
  readonly fresh: Pages<Item>
  readonly keyOf: PageSource<Item>['keyOf']
}

function joined<Item>(known: Pages<Item>, { from, fresh, keyOf }: Joining<Item>): Pages<Item> {
  const keys = new Set(fresh.flatMap(({ items }) => items.map(keyOf)))
  const isOld = (item: Item): boolean => !keys.has(keyOf(item))
  const withoutFresh = (page: ReadPage<Item>): ReadPage<Item> =>
    page.items.every(isOld) ? page : { ...page, items: page.items.filter(isOld) }
  const before = known.slice(0, from).map(withoutFresh)
  const after = pagesAfter(known.slice(from), fresh.at(-1), keyOf).map(withoutFresh)
  return [...before, ...fresh, ...after]
}

/** What follows the last item of a page in the list as it was; nothing if that was elsewhere. */
function pagesAfter<Item>(
  pages: Pages<Item>,
  last: ReadPage<Item> | undefined,
  keyOf: PageSource<Item>['keyOf'],
): Pages<Item> {
  const item = last?.items.at(-1)
  if (last === undefined || last.nextCursor === null || item === undefined) return []
  const key = keyOf(item)
  const isLast = (other: Item): boolean => keyOf(other) === key
  const place = pages.findIndex(({ items }) => items.some(isLast))
  const page = pages[place]
  if (page === undefined) return []
  const items = page.items.slice(page.items.findIndex(isLast) + 1)
  const rest = pages.slice(place + 1)
  // What is left of a page begins where the fresh ones end.
  return items.length === 0 ? rest : [{ ...page, items, cursor: last.nextCursor }, ...rest]
}
