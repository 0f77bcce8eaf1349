import type { Aggregate, ResultsView } from '@goalpost/contracts'

/** A task that is repeated during a run has its step in its key, e.g. `evaluate@16384`. */
const repeated = /^(.+)@(\d+)$/

type Step = { readonly kind: string; readonly step: number }

/**
 * Results with at most `maxSteps` of the steps at which a task is repeated: every nth, counted from the last, so that the
 * latest is always there. Steps are left out rather than averaged, so that every number was measured.
 */
export function thinSteps(results: ResultsView, maxSteps: number): ResultsView {
  const placed = results.aggregates.map((aggregate) => ({ aggregate, at: stepOf(aggregate) }))
  const steps = new Map<string, Set<number>>()
  for (const { at } of placed) if (at !== null) steps.set(at.kind, (steps.get(at.kind) ?? new Set()).add(at.step))
  const most = Math.max(0, ...[...steps.values()].map(({ size }) => size))
  const stride = Math.max(1, Math.ceil(most / maxSteps))
  const kept = new Map([...steps].map(([kind, all]) => [kind, everyNth(all, stride)]))
  const aggregates = placed.flatMap(({ aggregate, at }) =>
    at === null || kept.get(at.kind)?.has(at.step) === true ? [aggregate] : [],
  )
  return { ...results, aggregates, stride }
}

function stepOf({ task }: Aggregate): Step | null {
  const [, kind, step] = repeated.exec(task) ?? []
  return kind === undefined || step === undefined ? null : { kind, step: Number(step) }
}

function everyNth(steps: ReadonlySet<number>, stride: number): ReadonlySet<number> {
  const fromLast = [...steps].toSorted((a, b) => b - a)
  return new Set(fromLast.filter((_, index) => index % stride === 0))
}
