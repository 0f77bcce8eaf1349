type Pool<Item, Value> = {
  /** Items at a time. */
  readonly concurrency: number
  /** Aborted by the first that fails. */
  readonly stop: AbortController
  readonly of: (item: Item) => Promise<Value>
}

/** The values of all items in their order, so many at a time. Rejects once all have ended, with the first failure. */
export async function inOrder<Item, Value>(
  items: readonly Item[],
  { concurrency, stop, of }: Pool<Item, Value>,
): Promise<readonly Value[]> {
  const values: Value[] = []
  let next = 0
  async function work(): Promise<void> {
    while (next < items.length && !stop.signal.aborted) {
      const position = next++
      try {
        values[position] = await of(items[position])
      } catch (error) {
        stop.abort(error)
        return
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  stop.signal.throwIfAborted()
  return values
}
