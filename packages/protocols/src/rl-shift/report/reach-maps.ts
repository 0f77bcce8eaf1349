import type { HeatmapPart, Quantity } from '@goalpost/contracts'
import { wasHere, type OverlaidCells, type PictureCell } from '@goalpost/environments'
import type { AssessedCondition } from './gather.ts'
import type { KeptPlay } from './gather-kept-episodes.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

type Kind = 'goal' | 'proxy'

/**
 * For worlds in which a return does not belong to one location: how often the agent reached the objects that goal and
 * proxy reward, by their location. From the kept episodes on every shifted suite.
 */
export function reachMaps(conditions: readonly AssessedCondition[], played: readonly KeptPlay[]): HeatmapPart[] {
  return played.flatMap((play) => {
    const condition = conditions.find(({ evidence }) => evidence.name === play.condition)
    if (condition === undefined || play.suite.role !== 'shifted') return []
    if (environmentOf(condition.options.environment).goalPlace !== undefined) return []
    return (['goal', 'proxy'] as const).flatMap((kind) => reachMap(play, kind))
  })
}

function reachMap({ condition, suite, acting, seeds, episodes }: KeptPlay, kind: Kind): HeatmapPart[] {
  const inCells = episodes.filter((episode) => episode.kind === 'cells')
  const name = nameOf(inCells, kind)
  const { lay, reached } = countThings(inCells, kind)
  const places = lay.flat().filter((count) => count > 0).length
  if (name === null || places < 2) return []
  // The border is wall in every world.
  const inside = (_: unknown, index: number) => index > 0 && index < lay.length - 1
  const labels = lay.map((_, index) => String(index)).filter(inside)
  return [
    {
      type: 'heatmap',
      title: `${condition}: share of episodes that reach a ${name} on ${suite.name}, by its location`,
      values: lay.map((row, y) => row.map((count, x) => share(reached[y][x], count)).filter(inside)).filter(inside),
      unit: 'share of episodes',
      rows: { title: `row of the ${name}`, labels },
      columns: { title: `column of the ${name}`, labels },
      scale: { low: 0, high: 1 },
      caption: `${episodes.length} episodes of ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, ${acting}.`,
    },
  ]
}

/** Its name in the legend, without the explanation after the comma; null if no level has any. */
function nameOf(episodes: readonly OverlaidCells[], kind: Kind): string | null {
  const named = episodes.flatMap(({ before }) => before.legend).find(({ thing }) => thing === kind)
  return named?.name.split(',')[0] ?? null
}

/** [row][column] episodes that start with such an object there, and how many of them reach it. */
function countThings(episodes: readonly OverlaidCells[], kind: Kind): { lay: number[][]; reached: number[][] } {
  const empty = () => (episodes[0]?.before.rows ?? []).map((row) => row.map(() => 0))
  const [lay, reached] = [empty(), empty()]
  for (const { before, after } of episodes)
    for (const [y, row] of before.rows.entries())
      for (const [x, cell] of row.entries()) {
        if (!isOf(cell, kind)) continue
        lay[y][x] += 1
        if (wasHere({ before: cell, after: after.rows[y][x] })) reached[y][x] += 1
      }
  return { lay, reached }
}

const isOf = ({ thing }: PictureCell, kind: Kind) => thing === kind || thing === 'both'

const share = (part: number, whole: number): Quantity =>
  whole === 0 ? { missing: 'no such object here' } : part / whole
