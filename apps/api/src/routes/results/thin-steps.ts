import type { Aggregate, ResultsView } from '@goalpost/contracts'

/** A task that is repeated during a run has its step in its key, e.g. `evaluate@16384`. */
const repeated = /^(.+)@(\d+)$/

/** The steps at which one condition repeats one kind of task. */
type Schedule = { readonly kept: ReadonlySet<number>; readonly stride: number }

/**
 * Results with at most `maxSteps` (2 or more) of the steps at which a condition repeats a task: every nth from the first
 * on, and the last. Steps are left out rather than averaged, so that every number was measured.
 */
export function thinSteps(results: ResultsView, maxSteps: number): ResultsView {
  const placed = results.aggregates.map((aggregate) => ({ aggregate, at: placeOf(aggregate) }))
  const schedules = new Map<string, Schedule>()
  for (const [series, members] of Map.groupBy(placed, ({ at }) => at?.series)) {
    if (series === undefined) continue
    schedules.set(series, thin(new Set(members.flatMap(({ at }) => (at === null ? [] : [at.step]))), maxSteps))
  }
  const aggregates = placed.flatMap(({ aggregate, at }) =>
    at === null || schedules.get(at.series)?.kept.has(at.step) === true ? [aggregate] : [],
  )
  return { ...results, aggregates, stride: Math.max(1, ...[...schedules.values()].map(({ stride }) => stride)) }
}

function placeOf({ task, condition }: Aggregate): { readonly series: string; readonly step: number } | null {
  const [, kind, step] = repeated.exec(task) ?? []
  return kind === undefined || step === undefined ? null : { series: `${condition}\n${kind}`, step: Number(step) }
}

function thin(steps: ReadonlySet<number>, maxSteps: number): Schedule {
  const last = steps.size - 1
  const stride = Math.max(1, Math.ceil(last / (maxSteps - 1)))
  const ascending = [...steps].toSorted((a, b) => a - b)
  return { kept: new Set(ascending.filter((_, index) => index % stride === 0 || index === last)), stride }
}
