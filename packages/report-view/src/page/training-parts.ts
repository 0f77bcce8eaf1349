import type { Quantity, SeriesPart } from '@goalpost/contracts'

/** The training curves of one run. */
export type RunCurves = {
  readonly condition: string
  readonly seed: number
  readonly series: readonly {
    readonly name: string
    readonly labels?: Readonly<Record<string, string>>
    readonly points: readonly CurvePoint[]
  }[]
}
type CurvePoint = { readonly x: number; readonly value: Quantity }
type Line = SeriesPart['lines'][number]

/** A plot for each kind of curve, a line for each condition: the mean over seeds, between lowest and highest. */
export function trainingParts(runs: readonly RunCurves[], unit: string): SeriesPart[] {
  const names = [...new Set(runs.flatMap(({ series }) => series.map(({ name }) => name)))]
  const byCondition = [...Map.groupBy(runs, ({ condition }) => condition)]
  return names.flatMap((name) => {
    const lines = byCondition
      .map(([condition, seeds]) =>
        lineOf(
          condition,
          seeds.flatMap((run) => pointsOf(run, name)),
        ),
      )
      .filter(({ points }) => points.length > 1)
    if (lines.length === 0) return []
    return [
      {
        type: 'series',
        title: wordsOf(name),
        x: { title: unit, scale: 'linear' },
        y: { title: wordsOf(name), scale: 'linear' },
        lines,
        references: [],
      },
    ]
  })
}

/** `valueLoss` → `value loss`. */
const wordsOf = (name: string) => name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function pointsOf({ series }: RunCurves, wanted: string): readonly CurvePoint[] {
  return series.flatMap(({ name, points }) => (name === wanted ? points : []))
}

function lineOf(name: string, points: readonly CurvePoint[]): Line {
  const known = points.flatMap(({ x, value }) => (typeof value === 'number' ? [{ x, value }] : []))
  const byPlace = [...Map.groupBy(known, ({ x }) => x)].toSorted(([a], [b]) => a - b)
  return {
    name,
    style: 'solid',
    points: byPlace.map(([x, seeds]) => ({ x, y: spreadOf(seeds.map(({ value }) => value)) })),
  }
}

function spreadOf(values: readonly number[]) {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length
  return { value, low: Math.min(...values), high: Math.max(...values), count: values.length }
}
