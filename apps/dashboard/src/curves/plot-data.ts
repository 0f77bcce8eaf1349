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
  const xs = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].toSorted((a, b) => a - b)
  const drawable = (value: number | null | undefined): number | null =>
    value === null || value === undefined || (isLog && value <= 0) ? null : value
  const all = curves.flatMap((curve, index) => columnsOf(curve, index, xs))
  return {
    xs,
    columns: all.map(({ values }) => values.map(drawable)),
    roles: all.map(({ role }) => role),
  }
}

function columnsOf(
  { condition, points }: Curve,
  curve: number,
  xs: readonly number[],
): { role: Role; values: (number | null | undefined)[] }[] {
  const at = new Map(points.map((point) => [point.x, point]))
  const seeds = [...new Set(points.flatMap((point) => point.seeds.map(({ seed }) => seed)))].toSorted((a, b) => a - b)
  const mean = xs.map((x) => at.get(x)?.mean)
  const known = (value: unknown): number | null => (typeof value === 'number' ? value : null)
  return [
    { role: { curve, kind: 'low', name: condition }, values: mean.map((estimate) => known(estimate?.low)) },
    { role: { curve, kind: 'high', name: condition }, values: mean.map((estimate) => known(estimate?.high)) },
    ...seeds.map((seed) => ({
      role: { curve, kind: 'seed' as const, name: `${condition}, seed ${seed}` },
      values: xs.map((x) => at.get(x)?.seeds.find((each) => each.seed === seed)?.value),
    })),
    { role: { curve, kind: 'mean', name: condition }, values: mean.map((estimate) => known(estimate?.value)) },
  ]
}
