import { GoalpostError } from '@goalpost/contracts'

/** Browsers open six connections to a server of HTTP 1.1: more requests would keep the page's other ones waiting. */
const changesAtOnce = 5
/** The service counts requests by the minute. */
const pauseMs = 10_000
const mostPauses = 7

type Changing<Item> = {
  readonly change: (item: Item) => Promise<unknown>
  /** Called after each item with how many have been changed or refused. */
  readonly onProgress: (finished: number) => void
}

type Refused<Item> = { readonly item: Item; readonly reason: unknown }

/**
 * Changes all items, a few at once, and waits where the service asks for fewer requests. Returns those that were
 * refused, in the order of the items: the others are changed nevertheless.
 */
export async function changeEach<Item>(
  items: readonly Item[],
  { change, onProgress }: Changing<Item>,
): Promise<Refused<Item>[]> {
  const refusals = new Map<number, Refused<Item>>()
  const waiting = items.entries()
  let finished = 0
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      await patiently(() => change(item)).catch((reason: unknown) => refusals.set(index, { item, reason }))
      finished += 1
      onProgress(finished)
    }
  }
  await Promise.all(Array.from({ length: changesAtOnce }, worker))
  return [...refusals].toSorted(([a], [b]) => a - b).map(([, refused]) => refused)
}

async function patiently(send: () => Promise<unknown>): Promise<void> {
  for (let pauses = 0; ; pauses++) {
    try {
      await send()
      return
    } catch (error) {
      const isTooFast = error instanceof GoalpostError && error.code === 'too-many-requests'
      if (!isTooFast || pauses === mostPauses) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
