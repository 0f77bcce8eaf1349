const atATime = 20

export type DueItems<Item> = {
  /** At most so many of those that are due, without the ones of these ids. */
  read(limit: number, except: readonly string[]): Promise<readonly Item[]>
  /** False if there was nothing to do: another process was first. */
  step(item: Item): Promise<boolean>
}

/**
 * Takes steps until none is due; resolves to their number. An item that fails holds up no other: it is left out until
 * the next call, and its error is thrown when the others are done.
 */
export async function takeDue<Item extends { readonly id: string }>({ read, step }: DueItems<Item>): Promise<number> {
  const failed = new Map<string, unknown>()
  let total = 0
  for (;;) {
    const due = await read(atATime, [...failed.keys()])
    const { taken, failure } = await takeAll(due, step)
    total += taken
    if (failure !== null) failed.set(failure.id, failure.error)
    // Another process may have taken the steps that were left.
    else if (taken === 0) break
  }
  const [first] = failed
  if (first !== undefined) throw describe(first, failed.size)
  return total
}

type Failure = { readonly id: string; readonly error: unknown }

/** Up to the first failure: the next read shows whether the database answers. */
async function takeAll<Item extends { readonly id: string }>(
  due: readonly Item[],
  step: (item: Item) => Promise<boolean>,
): Promise<{ taken: number; failure: Failure | null }> {
  let taken = 0
  for (const item of due) {
    try {
      taken += Number(await step(item))
    } catch (error) {
      return { taken, failure: { id: item.id, error } }
    }
  }
  return { taken, failure: null }
}

function describe([id, error]: readonly [string, unknown], count: number): Error {
  const reason = error instanceof Error ? error.message : String(error)
  const others = count === 1 ? '' : `, and ${count - 1} more failed`
  return new Error(`${id}: ${reason}${others}`, { cause: error })
}
