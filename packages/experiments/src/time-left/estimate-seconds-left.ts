import type { TaskState } from '@goalpost/contracts'
import { isEnded } from '../state.ts'
import { playOut, waitsForAll, type Pending, type Slots } from './play-out.ts'
import { familyOf } from './work-sort.ts'

/** What the estimate knows of one task. */
export type TimedTask = {
  readonly state: TaskState
  /** Tasks of one sort take equally long for equal work: see `workSort`. */
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
 * Seconds until the last of these tasks has ended; null where work like some of theirs was neither done nor measured yet.
 * Running tasks go on as of late. Others are played out on the slots, at the pace of their sort: while some of that sort run,
 * at theirs, as they share the machine with the same neighbours.
 */
export function estimateSecondsLeft({ tasks, paces }: Timing, slots: Slots): number | null {
  const open = tasks.filter(({ state }) => !isEnded(state))
  const paceOf = knowPaces(open, paces)
  const pending: Pending[] = []
  for (const task of open) {
    const { state, short, run } = task
    const seconds = secondsOf(task, paceOf(task))
    if (seconds === null) return null
    pending.push({ seconds, runs: state === 'running', blocked: state === 'blocked', short, run })
  }
  return playOut(pending, slots)
}

function secondsOf(task: TimedTask, pace: number | null): number | null {
  if (pace !== null) return (task.amount * (1 - task.share)) / pace
  // An analysis takes a moment, and nothing like it may ever have run.
  return waitsForAll({ ...task, blocked: task.state === 'blocked' }) ? 0 : null
}

/** The best that is known of a task's pace: its own, that of its sort at present, that of its sort before, that of its family. */
function knowPaces(
  open: readonly TimedTask[],
  before: ReadonlyMap<string, number>,
): (task: TimedTask) => number | null {
  const present = presentPaces(open)
  const known = new Map([...before, ...present])
  const families = Map.groupBy(known, ([sort]) => familyOf(sort))
  return ({ perSecond, sort }) => {
    const own = perSecond ?? known.get(sort)
    if (own !== undefined) return own
    const related = families.get(familyOf(sort)) ?? []
    return related.length === 0 ? null : Math.min(...related.map(([, pace]) => pace))
  }
}

/** Of the running tasks of each sort. */
function presentPaces(open: readonly TimedTask[]): ReadonlyMap<string, number> {
  const measured = open.filter(({ perSecond }) => perSecond !== null)
  return new Map(
    [...Map.groupBy(measured, ({ sort }) => sort)].map(([sort, of]) => [
      sort,
      of.reduce((sum, { perSecond }) => sum + (perSecond ?? 0), 0) / of.length,
    ]),
  )
}
