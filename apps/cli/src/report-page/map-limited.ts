/** As `Promise.all` over a map, with so many at a time: a service is not to be asked thousands of things at once. */
export async function mapLimited<Item, Result>(
  items: readonly Item[],
  atATime: number,
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let first = 0; first < items.length; first += atATime)
    results.push(...(await Promise.all(items.slice(first, first + atATime).map(map))))
  return results
}
