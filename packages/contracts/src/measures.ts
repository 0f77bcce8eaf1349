import { z } from 'zod'

/** A finite number, or the stated reason why there is none: never NaN, never null. */
export const quantity = z.union([z.number(), z.strictObject({ missing: z.string().min(1) })])
export type Quantity = z.infer<typeof quantity>

export function isMissing(value: Quantity): value is { missing: string } {
  return typeof value !== 'number'
}

/** Labels distinguish measures with the same name, e.g. `{ split: 'test' }`. */
export const labels = z.record(z.string(), z.string())
export type Labels = z.infer<typeof labels>

/** One number that a task measured. (task, name, labels) is unique. */
export const measure = z.strictObject({
  name: z.string().min(1).max(120),
  labels: labels.default({}),
  value: quantity,
  /** How many independent observations the value summarises, if that makes sense. */
  count: z.number().int().nonnegative().optional(),
})
export type Measure = z.infer<typeof measure>

/** One point of a curve. (task, series, labels, x) is unique: writing it again replaces it. */
export const seriesPoint = z.strictObject({
  series: z.string().min(1).max(120),
  labels: labels.default({}),
  /** Position along the curve, in the unit that the series' protocol documents (e.g. environment steps). */
  x: z.number(),
  value: quantity,
})
export type SeriesPoint = z.infer<typeof seriesPoint>
