import type { Curve } from './curve-panels.ts'

export type Column = (number | null)[]
/** Which column of the data is what: the columns of curve k begin at `starts[k]` with mean, low and high, then seeds. */
export type PlotData = {
  readonly xs: number[]
  readonly columns: Column[]
  readonly roles: readonly Role[]
}
export type Role = {
  readonly curve: number
  readonly kind: 'mean' | 'low' | 'high' | 'seed'
  readonly name: string
}

/** Columns over all steps, with null where a curve has no point. On a log scale only positive values can be drawn. */
export function plotData(curves: readonly Curve[], isLog: boolean): PlotData {
  const xs = stepsOf(curves)
  const rows = new Map(xs.map((x, row) => [x, row]))
  const all = curves.flatMap((curve, index) => columnsOf(curve, { index, rows, isLog }))
  return { xs, columns: all.map(({ column }) => column), roles: all.map(({ role }) => role) }
}

/** Every step at which a curve has a point, in order. */
export function stepsOf(curves: readonly Curve[]): number[] {
  const steps = new Set<number>()
  for (const { points } of curves) for (const { x } of points) steps.add(x)
  return [...steps].toSorted((a, b) => a - b)
}

type Layout = { readonly index: number; readonly rows: ReadonlyMap<number, number>; readonly isLog: boolean }

/** In one pass over the points, of which there may be a million. */
function columnsOf({ condition, points }: Curve, { index: curve, rows, isLog }: Layout) {
  const empty = (): Column => Array.from<null>({ length: rows.size }).fill(null)
  const drawable = (value: unknown): number | null =>
    typeof value === 'number' && (!isLog || value > 0) ? value : null
  const [low, high, mean] = [empty(), empty(), empty()]
  const seeds = new Map<number, Column>()
  for (const point of points) {
    const row = rows.get(point.x) ?? 0
    low[row] = drawable(point.mean.low)
    high[row] = drawable(point.mean.high)
    mean[row] = drawable(point.mean.value)
    for (const { seed, value } of point.seeds) {
      const column = seeds.get(seed) ?? empty()
      seeds.set(seed, column)
      column[row] = drawable(value)
    }
  }
  const named = (kind: Role['kind'], column: Column, name = condition) => ({ role: { curve, kind, name }, column })
  return [
    named('low', low),
    named('high', high),
    ...[...seeds]
      .toSorted(([a], [b]) => a - b)
      .map(([seed, column]) => named('seed', column, `${condition}, seed ${seed}`)),
    named('mean', mean),
  ]
}
