import type { Estimate, SeriesPart } from '@goalpost/contracts'
import { createAxis, type Axis } from '../axis.ts'

type Line = SeriesPart['lines'][number]
export type Point = { readonly x: number; readonly y: number; readonly low?: number; readonly high?: number }
export type Curve = { readonly line: Line; readonly points: readonly Point[]; readonly colour: number }
export type Reference = { readonly name: string; readonly y: number; readonly colour: number | null }
export type Plot = {
  readonly titles: { readonly x: string; readonly y: string }
  readonly curves: readonly Curve[]
  readonly references: readonly Reference[]
  readonly x: Axis
  readonly y: Axis
}

/** Colours in the style sheet. */
const colours = 8

/** The drawable part of a series; null if there is nothing to draw. */
export function plotOf(part: SeriesPart): Plot | null {
  const groups = [...new Set(part.lines.map(groupOf))]
  const curves = part.lines.flatMap((line) => {
    const points = pointsOf(line, part)
    return points.length === 0 ? [] : [{ line, points, colour: groups.indexOf(groupOf(line)) % colours }]
  })
  if (curves.length === 0) return null
  const references = part.references
    .filter(({ y }) => part.y.scale === 'linear' || y > 0)
    .map(({ name, y, group }) => ({
      name,
      y,
      colour: group !== undefined && groups.includes(group) ? groups.indexOf(group) % colours : null,
    }))
  const points = curves.flatMap((curve) => curve.points)
  const heights = [...points.flatMap((point) => [point.y, ...endsOf(point)]), ...references.map(({ y }) => y)]
  return {
    titles: { x: part.x.title, y: part.y.title },
    curves,
    references,
    x: createAxis(
      points.map((point) => point.x),
      part.x.scale,
    ),
    y: createAxis(heights, part.y.scale),
  }
}

/** Points that the scale can show: a logarithmic one cannot show zero. */
function pointsOf(line: Line, { x: { scale: xScale }, y: { scale: yScale } }: SeriesPart): Point[] {
  return line.points
    .flatMap(({ x, y }) => (typeof y.value === 'number' ? [{ x, y: y.value, ...spreadOf(y) }] : []))
    .filter(({ x, y }) => (xScale === 'linear' || x > 0) && (yScale === 'linear' || y > 0))
    .toSorted((a, b) => a.x - b.x)
}

const groupOf = ({ group, name }: Line) => group ?? name

function spreadOf({ low, high }: Estimate): { low?: number; high?: number } {
  return low === undefined || high === undefined ? {} : { low, high }
}

function endsOf({ low, high }: Point): number[] {
  return low === undefined || high === undefined ? [] : [low, high]
}
