const atATime = 20

export type DueItems<Item> = {
  /** At most so many of those that are due, without the ones of these ids. */
  read(limit: number, except: readonly string[]): Promise<readonly Item[]>
  /** False if nothing could be done: another process was first, or the item has to wait. */
  step(item: Item): Promise<boolean>
}

/**
 * Takes steps until none is due; resolves to their number. An item that fails or has to wait holds up no other: it is
 * left out until the next call. The first error is thrown when the others are done.
 */
export async function takeDue<Item extends { readonly id: string }>({ read, step }: DueItems<Item>): Promise<number> {
  const waiting = new Set<string>()
  const failed = new Map<string, unknown>()
  let total = 0
  for (;;) {
    const due = await read(atATime, [...waiting, ...failed.keys()])
    if (due.length === 0) break
    const { taken, untaken, failure } = await takeAll(due, step)
    total += taken
    for (const id of untaken) waiting.add(id)
    if (failure !== null) failed.set(failure.id, failure.error)
  }
  const [first] = failed
  if (first !== undefined) throw describe(first, failed.size)
  return total
}

type Failure = { readonly id: string; readonly error: unknown }
type Steps = { readonly taken: number; readonly untaken: readonly string[]; readonly failure: Failure | null }

/** Up to the first failure: the next read shows whether the database answers. */
async function takeAll<Item extends { readonly id: string }>(
  due: readonly Item[],
  step: (item: Item) => Promise<boolean>,
): Promise<Steps> {
  let taken = 0
  const untaken: string[] = []
  for (const item of due) {
    try {
      if (await step(item)) taken += 1
      else untaken.push(item.id)
    } catch (error) {
      return { taken, untaken, failure: { id: item.id, error } }
    }
  }
  return { taken, untaken, failure: null }
}

function describe([id, error]: readonly [string, unknown], count: number): Error {
  const reason = error instanceof Error ? error.message : String(error)
  const others = count === 1 ? '' : `, and ${count - 1} more failed`
  return new Error(`${id}: ${reason}${others}`, { cause: error })
}
