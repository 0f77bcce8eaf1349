import type { TaskState } from '@goalpost/contracts'
import { isEnded } from '../state.ts'
import { playOut, type Pending, type Slots } from './play-out.ts'
import type { Pace } from './learn-paces.ts'
import { familyOf } from './work-sort.ts'

/** One task, as the estimate uses it. */
export type TimedTask = {
  readonly state: TaskState
  /** Tasks of one sort take equally long for equal work: see `workSort`. */
  readonly sort: string
  readonly amount: number
  /** From 0 to 1. */
  readonly share: number
  /** Recent work per second while it runs; null where unknown. */
  readonly perSecond: number | null
  readonly short: boolean
  /** Tasks of one run follow each other; null for those that belong to several. */
  readonly run: string | null
}

/** An experiment's tasks in the order of its plan, each once. */
export type Timing = {
  readonly tasks: readonly TimedTask[]
  /** Of recent work, by sort. */
  readonly paces: ReadonlyMap<string, Pace>
}

/**
 * Seconds until the last of these tasks has ended; null if the pace of some of their work is unknown.
 * Running tasks continue at their recent pace. Others are simulated on the slots at the pace of their sort: if some of
 * it run, at the pace of those, as they share the machine with the same neighbours.
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

function secondsOf(task: TimedTask, pace: Pace | null): number | null {
  if (pace !== null) return pace.startSeconds + (task.amount * (1 - task.share)) / pace.perSecond
  // A short task that all runs share, such as the analysis, must not make the estimate unknown if it is the first of
  // its kind.
  return task.short && task.run === null ? 0 : null
}

/**
 * The best known pace for a task: its own, the current one of its sort, the earlier one of its sort, or that of the
 * slowest sort of its family.
 */
function knowPaces(open: readonly TimedTask[], before: ReadonlyMap<string, Pace>): (task: TimedTask) => Pace | null {
  const known = new Map([...before, ...presentPaces(open, before)])
  const families = Map.groupBy(known, ([sort]) => familyOf(sort))
  return ({ perSecond, sort }) => {
    if (perSecond !== null) return { startSeconds: 0, perSecond }
    const related = (families.get(familyOf(sort)) ?? []).map(([, pace]) => pace)
    return known.get(sort) ?? related.toSorted((a, b) => a.perSecond - b.perSecond)[0] ?? null
  }
}

/** The paces of the running tasks of each sort. */
function presentPaces(open: readonly TimedTask[], before: ReadonlyMap<string, Pace>): [string, Pace][] {
  const measured = open.filter(({ perSecond }) => perSecond !== null)
  return [...Map.groupBy(measured, ({ sort }) => sort)].map(([sort, tasks]) => {
    const perSecond = tasks.reduce((sum, task) => sum + (task.perSecond ?? 0), 0) / tasks.length
    return [sort, { startSeconds: before.get(sort)?.startSeconds ?? 0, perSecond }]
  })
}
