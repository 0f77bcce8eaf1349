import type { Rng } from '@goalpost/random'
import {
  type Interval,
  mean,
  meanInterval,
  percentileInterval,
  quantileOfSorted,
  sampleDeviation,
  studentQuantile,
} from '@goalpost/statistics'

/** An interval of the mean of independent values at 95 %. */
export type Candidate = (values: Float64Array, random: Rng) => Interval

const resamples = 499
const quantiles = new Map<number, number>()

function quantileFor(degrees: number): number {
  const known = quantiles.get(degrees)
  if (known !== undefined) return known
  const quantile = studentQuantile(0.975, degrees)
  quantiles.set(degrees, quantile)
  return quantile
}

export const student: Candidate = (values) => {
  const center = mean(values)
  const margin = (quantileFor(values.length - 1) * sampleDeviation(values)) / Math.sqrt(values.length)
  return { low: center - margin, high: center + margin }
}

const percentile: Candidate = (values, random) => {
  const means = new Float64Array(resamples)
  const drawn = new Float64Array(values.length)
  for (let b = 0; b < resamples; b++) {
    redraw(values, drawn, random)
    means[b] = mean(drawn)
  }
  return percentileInterval(means, 0.95) ?? { low: Number.NaN, high: Number.NaN }
}

/**
 * The bootstrap-t (Efron 1982; Hall 1988): percentiles of the resampled t replace Student's. A replicate of equal
 * values has an infinite t; the interval is cut off at `widest` times Student's margin.
 */
export const studentised: Candidate = (values, random) => {
  const { length } = values
  const center = mean(values)
  const error = sampleDeviation(values) / Math.sqrt(length)
  const ts = new Float64Array(resamples)
  const drawn = new Float64Array(length)
  for (let b = 0; b < resamples; b++) {
    redraw(values, drawn, random)
    const difference = mean(drawn) - center
    ts[b] = difference === 0 ? 0 : difference / (sampleDeviation(drawn) / Math.sqrt(length))
  }
  ts.sort()
  const most = widest * quantileFor(length - 1)
  const bound = (t: number): number => Math.max(-most, Math.min(most, Number.isNaN(t) ? most : t))
  return {
    low: center - bound(quantileOfSorted(ts, 0.975)) * error,
    high: center - bound(quantileOfSorted(ts, 0.025)) * error,
  }
}
const widest = 4

/** The interval of reports. */
export const ours: Candidate = (values) => meanInterval(values, 0.95) ?? { low: Number.NaN, high: Number.NaN }

/** The wider of Student's t and the bootstrap-t on either side. */
export const either: Candidate = (values, random) => {
  const first = student(values, random)
  const second = studentised(values, random)
  return { low: Math.min(first.low, second.low), high: Math.max(first.high, second.high) }
}

/** Student's t about a center moved by the estimated skewness (Johnson 1978). */
export const johnson: Candidate = (values) => {
  const { length } = values
  const center = mean(values)
  const deviation = sampleDeviation(values)
  if (deviation === 0) return { low: center, high: center }
  const third = values.reduce((sum, value) => sum + (value - center) ** 3, 0) / length
  const moved = center + third / (6 * deviation * deviation * length)
  const margin = (quantileFor(length - 1) * deviation) / Math.sqrt(length)
  return { low: moved - margin, high: moved + margin }
}

/** The interval of reports until 2026: Student's t below ten seeds, percentiles from ten on. */
export const former: Candidate = (values, random) => (values.length < 10 ? student : percentile)(values, random)

function redraw(values: Float64Array, drawn: Float64Array, random: Rng): void {
  for (let i = 0; i < values.length; i++) drawn[i] = values[random.integer(values.length)]
}
