import type { Aggregate, Estimate } from '@goalpost/contracts'

export type SeedValue = { readonly seed: number; readonly value: number }
/** One measurement during a run: the mean over seeds with its interval, and every seed. */
export type CurvePoint = { readonly x: number; readonly mean: Estimate; readonly seeds: readonly SeedValue[] }
export type Curve = { readonly condition: string; readonly points: readonly CurvePoint[] }
/** One measure under one set of labels, in every condition. */
export type CurvePanel = {
  readonly key: string
  readonly title: string
  /** Only labels that tell panels of the measure apart. */
  readonly labels: readonly string[]
  readonly curves: readonly Curve[]
}

/** A task that is repeated during a run has its step in its key, e.g. `evaluate@16384`. */
const repeated = /^.+@(\d+)$/

/** What was measured more than once during runs, as curves, in the order in which it was stored. */
export function curvePanels(aggregates: readonly Aggregate[]): CurvePanel[] {
  const placed = aggregates.flatMap((aggregate) => {
    const step = repeated.exec(aggregate.task)?.[1]
    return step === undefined ? [] : [{ aggregate, x: Number(step) }]
  })
  const byKey = Map.groupBy(placed, ({ aggregate }) => aggregate.key)
  return [...byKey].flatMap(([key, ofKey]) => {
    const telling = tellingLabels(ofKey.map(({ aggregate }) => aggregate))
    const groups = Map.groupBy(ofKey, ({ aggregate }) =>
      telling.length === 0 ? '' : JSON.stringify(telling.map((name) => aggregate.labels[name])),
    )
    return [...groups.values()].flatMap((group) => {
      const curves = curvesOf(group)
      if (curves.length === 0) return []
      const labels = telling.flatMap((name) => group[0]?.aggregate.labels[name] ?? [])
      return [{ key, title: key.replaceAll('-', ' '), labels, curves }]
    })
  })
}

/** Names of labels that have more than one value. */
function tellingLabels(aggregates: readonly Aggregate[]): string[] {
  const [first] = aggregates
  const names = new Set<string>()
  for (const { labels } of aggregates) for (const name in labels) names.add(name)
  return [...names].filter((name) => aggregates.some(({ labels }) => labels[name] !== first?.labels[name]))
}

type Placed = { readonly aggregate: Aggregate; readonly x: number }

/** A single point is no curve. */
function curvesOf(group: readonly Placed[]): Curve[] {
  const byCondition = Map.groupBy(group, ({ aggregate }) => aggregate.condition)
  return [...byCondition]
    .map(([condition, points]) => ({ condition, points: points.map(pointOf).toSorted((a, b) => a.x - b.x) }))
    .filter(({ points }) => points.length > 1)
}

function pointOf({ aggregate: { estimate, values }, x }: Placed): CurvePoint {
  return { x, mean: estimate, seeds: values.filter(isMeasured) }
}

const isMeasured = (seed: Aggregate['values'][number]): seed is SeedValue => typeof seed.value === 'number'
