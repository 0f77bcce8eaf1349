import type { TaskState } from '@goalpost/contracts'
import { isEnded } from '../state.ts'
import { playOut, type Pending, type Slots } from './play-out.ts'

/** What the estimate knows of one task. */
export type TimedTask = {
  readonly state: TaskState
  /** Tasks of one sort take equally long for equal work. */
  readonly sort: string
  readonly amount: number
  /** From 0 to 1. */
  readonly share: number
  /** Work per second of late, while it runs; null where that is not known. */
  readonly perSecond: number | null
  readonly short: boolean
  /** Tasks of one run follow each other; null for those that belong to several. */
  readonly run: string | null
}

/** An experiment's tasks in the order of its plan, each once. */
export type Timing = {
  readonly tasks: readonly TimedTask[]
  /** Work per second of one slot, by sort: of tasks that ended lately. */
  readonly paces: ReadonlyMap<string, number>
}

/**
 * Seconds until the last of these tasks has ended; null where a sort of work has neither been done nor been measured yet.
 * Running tasks go on as of late. Others are played out on the slots, at the pace of their sort: while some of that sort run,
 * at theirs, as they share the machine with the same neighbours.
 */
export function estimateSecondsLeft({ tasks, paces }: Timing, slots: Slots): number | null {
  const open = tasks.filter(({ state }) => !isEnded(state))
  if (open.length === 0) return 0
  const current = meanPaces(open)
  const pending: Pending[] = []
  for (const task of open) {
    const pace = task.perSecond ?? current.get(task.sort) ?? paces.get(task.sort)
    if (pace === undefined || pace <= 0) return null
    const { state, short, run } = task
    pending.push({
      seconds: (task.amount * (1 - task.share)) / pace,
      runs: state === 'running',
      blocked: state === 'blocked',
      short,
      run,
    })
  }
  return playOut(pending, slots)
}

/** Of the running tasks of each sort. */
function meanPaces(tasks: readonly TimedTask[]): ReadonlyMap<string, number> {
  const measured = tasks.flatMap(({ sort, perSecond }) =>
    perSecond === null || perSecond <= 0 ? [] : [{ sort, perSecond }],
  )
  const bySort = Map.groupBy(measured, ({ sort }) => sort)
  return new Map(
    [...bySort].map(([sort, of]) => [sort, of.reduce((sum, { perSecond }) => sum + perSecond, 0) / of.length]),
  )
}
