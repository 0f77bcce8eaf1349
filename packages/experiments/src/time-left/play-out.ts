/** A task that has not ended. */
export type Pending = {
  readonly seconds: number
  readonly runs: boolean
  readonly blocked: boolean
  readonly short: boolean
  readonly run: string | null
}

/** Concurrent tasks. `short` counts additional slots for short tasks only. */
export type Slots = { readonly any: number; readonly short: number }

type Slot = { freeAt: number; readonly shortOnly: boolean }

/**
 * When the last task ends, if each free slot takes the next task that it may: first running ones, then long ones in
 * order, then short ones. The dependencies of a run's blocked short tasks finish one after the other, while its long
 * tasks run.
 */
export function playOut(pending: readonly Pending[], { any, short }: Slots): number {
  const slots = openSlots(any, short)
  const endOfRun = new Map<string, number>()
  let end = 0
  const place = (task: Pending, releasedAt: number): number => {
    const slot = soonest(slots.filter(({ shortOnly }) => task.short || !shortOnly))
    const endsAt = Math.max(slot.freeAt, releasedAt) + task.seconds
    slot.freeAt = endsAt
    end = Math.max(end, endsAt)
    return endsAt
  }
  for (const task of pending.filter(({ runs, short: isShort }) => runs || !isShort).toSorted(runningFirst)) {
    const endsAt = place(task, 0)
    if (!task.short && task.run !== null) endOfRun.set(task.run, Math.max(endsAt, endOfRun.get(task.run) ?? 0))
  }
  for (const [task, releasedAt] of release(pending, endOfRun)) place(task, releasedAt)
  for (const task of pending.filter(waitsForAll)) place(task, end)
  return end
}

/** A blocked task that all runs share can only wait for them: an analysis. */
const waitsForAll = ({ run, blocked, short }: Pending) => run === null && blocked && short

function openSlots(any: number, short: number): Slot[] {
  const of = (count: number, shortOnly: boolean) => Array.from({ length: count }, () => ({ freeAt: 0, shortOnly }))
  return [...of(Math.max(1, any), false), ...of(short, true)]
}

const runningFirst = (a: Pending, b: Pending) => Number(b.runs) - Number(a.runs)

function soonest(slots: readonly Slot[]): Slot {
  return slots.reduce((best, slot) =>
    slot.freeAt < best.freeAt || (slot.freeAt === best.freeAt && slot.shortOnly) ? slot : best,
  )
}

/** The short tasks that do not run yet, with the earliest time that they may, soonest first. */
function release(pending: readonly Pending[], endOfRun: ReadonlyMap<string, number>): [Pending, number][] {
  const waiting = pending.filter((task) => task.short && !task.runs && !waitsForAll(task))
  const blocked = Map.groupBy(
    waiting.filter((task) => task.blocked),
    ({ run }) => run,
  )
  const released = waiting.map((task): [Pending, number] => {
    if (!task.blocked || task.run === null) return [task, 0]
    const siblings = blocked.get(task.run) ?? []
    return [task, ((siblings.indexOf(task) + 1) / siblings.length) * (endOfRun.get(task.run) ?? 0)]
  })
  return released.toSorted(([, a], [, b]) => a - b)
}
