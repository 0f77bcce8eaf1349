/** Reads all pages of a list, e.g. `everyItem((cursor) => client.runs({ experimentId, cursor }))`. */
export async function* everyItem<Item>(
  readPage: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>,
): AsyncGenerator<Item> {
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await readPage(cursor)
    yield* items
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}
