import type { Rng } from '@goalpost/random'
import { sorted } from './moments.ts'

/** A place of the sample: `lower` values lie below x, `upper` at or below it. */
type Place = { readonly x: number; readonly lower: number; readonly upper: number }

/**
 * Distance of the sample's distribution function from the nearest unimodal one: the dip of Hartigan & Hartigan (1985,
 * Annals of Statistics 13, 70). From 1 / 2n, for one mode, to 1/4, for two distant points. NaN for no values.
 */
export function dipStatistic(values: ArrayLike<number>): number {
  const places = placesOf(sorted(values))
  if (places.length === 0) return Number.NaN
  let [first, last] = [0, places.length - 1]
  // In values, not shares. The step of the distribution function at a value is always there.
  let dip = 1
  for (;;) {
    const below = hull(places.slice(first, last + 1), 'lower')
    const above = hull(places.slice(first, last + 1), 'upper')
    const apart = below.heights.map((height, i) => above.heights[i] - height)
    const widest = Math.max(...apart)
    if (widest <= dip) return dip / (2 * values.length)
    // The modal interval shrinks to the corners of both hulls around the place at which they are farthest apart.
    const at = apart.indexOf(widest)
    const left = below.corners.findLast((corner) => corner <= at) ?? 0
    const right = above.corners.find((corner) => corner >= at) ?? last - first
    for (let i = 0; i < left; i++) dip = Math.max(dip, places[first + i].upper - below.heights[i])
    for (let i = right + 1; i <= last - first; i++) dip = Math.max(dip, above.heights[i] - places[first + i].lower)
    if (left === 0 && right === last - first) return dip / (2 * values.length)
    ;[first, last] = [first + left, first + right]
  }
}

/**
 * P-value of the dip against the hypothesis of one mode: the share of uniform samples of the same size whose dip is at
 * least as large, the sample itself counted. The uniform is the hypothesis' worst case in large samples.
 */
export function dipTest(
  values: ArrayLike<number>,
  { samples, random }: { readonly samples: number; readonly random: Rng },
): { readonly dip: number; readonly p: number } {
  const dip = dipStatistic(values)
  const sample = new Float64Array(values.length)
  let atLeast = 1
  for (let i = 0; i < samples; i++) if (dipStatistic(sample.map(() => random.uniform())) >= dip) atLeast++
  return { dip, p: atLeast / (samples + 1) }
}

function placesOf(ascending: Float64Array): Place[] {
  const places: Place[] = []
  for (let i = 0; i < ascending.length; i++)
    if (i + 1 === ascending.length || ascending[i + 1] !== ascending[i])
      places.push({ x: ascending[i], lower: places.at(-1)?.upper ?? 0, upper: i + 1 })
  return places
}

/**
 * The greatest convex function below the points (x, lower), or the least concave one above (x, upper): its corners, as
 * places, and its height at every place.
 */
function hull(places: readonly Place[], side: 'lower' | 'upper') {
  const sign = side === 'lower' ? 1 : -1
  const slope = (a: number, b: number) => (places[b][side] - places[a][side]) / (places[b].x - places[a].x)
  const corners: number[] = []
  for (let i = 0; i < places.length; i++) {
    while (corners.length > 1) {
      const [before, last] = corners.slice(-2)
      if (sign * slope(before, last) < sign * slope(last, i)) break
      corners.pop()
    }
    corners.push(i)
  }
  const heights = [places[0][side]]
  for (let c = 1; c < corners.length; c++)
    for (let i = corners[c - 1] + 1; i <= corners[c]; i++)
      heights.push(places[corners[c]][side] - slope(corners[c - 1], corners[c]) * (places[corners[c]].x - places[i].x))
  return { corners, heights }
}
