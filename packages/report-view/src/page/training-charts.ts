import type { Quantity } from '@goalpost/contracts'

/** What one training reported while it ran. */
export type RunCurves = {
  readonly condition: string
  readonly seed: number
  readonly series: readonly {
    readonly name: string
    readonly labels?: Readonly<Record<string, string>>
    readonly points: readonly { readonly x: number; readonly value: Quantity }[]
  }[]
}

/** One kind of curve under one set of labels. */
export type TrainingChart = {
  readonly name: string
  readonly title: string
  /** The values of its labels, which tell it from other charts of that name. */
  readonly labels: readonly string[]
  readonly curves: readonly { readonly condition: string; readonly points: readonly ChartPoint[] }[]
}

/** The mean over seeds, between the lowest and the highest, and every seed. */
type ChartPoint = {
  readonly x: number
  readonly mean: { readonly value: number; readonly low: number; readonly high: number; readonly count: number }
  readonly seeds: readonly { readonly seed: number; readonly value: number }[]
}

type Place = { readonly condition: string; readonly seed: number; readonly x: number; readonly value: number }

/**
 * Losses, entropy and whatever else trainings report, a curve for each condition. The runs have their points at the same
 * places: means are over the seeds that were measured at exactly that `x`.
 */
export function trainingCharts(runs: readonly RunCurves[]): TrainingChart[] {
  const charts = new Map<string, { name: string; labels: readonly string[]; places: Place[] }>()
  for (const { condition, seed, series } of runs)
    for (const { name, labels = {}, points } of series) {
      const key = JSON.stringify([name, labels])
      const chart = charts.get(key) ?? { name, labels: Object.values(labels), places: [] }
      charts.set(key, chart)
      for (const { x, value } of points) if (typeof value === 'number') chart.places.push({ condition, seed, x, value })
    }
  return [...charts.values()]
    .toSorted((a, b) => rankOf(a.name) - rankOf(b.name))
    .flatMap(({ name, labels, places }) => {
      const curves = [...Map.groupBy(places, ({ condition }) => condition)]
        .map(([condition, own]) => ({ condition, points: pointsOf(own) }))
        .filter(({ points }) => points.length > 1)
      return curves.length === 0 ? [] : [{ name, title: wordsOf(name), labels, curves }]
    })
}

/** What people look at first: what is earned, then what is minimized, then the rest as it was stored. */
const ranks = [/return|reward|accuracy/i, /loss/i]
function rankOf(name: string): number {
  const rank = ranks.findIndex((pattern) => pattern.test(name))
  return rank < 0 ? ranks.length : rank
}

function pointsOf(places: readonly Place[]): ChartPoint[] {
  return [...Map.groupBy(places, ({ x }) => x)]
    .toSorted(([a], [b]) => a - b)
    .map(([x, seeds]) => {
      const values = seeds.map(({ value }) => value)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      return {
        x,
        mean: { value: mean, low: Math.min(...values), high: Math.max(...values), count: values.length },
        seeds: seeds.map(({ seed, value }) => ({ seed, value })).toSorted((a, b) => a.seed - b.seed),
      }
    })
}

/** `valueLoss` → `value loss`. */
const wordsOf = (name: string): string =>
  name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('-', ' ')
