import type { HeatmapPart, Quantity } from '@goalpost/contracts'
import { wasHere, type OverlaidEpisode, type PictureCell } from '@goalpost/environments'
import type { AssessedCondition } from './gather.ts'
import type { RecordedPlay } from './gather-trajectories.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

type Kind = 'goal' | 'proxy'

/**
 * In worlds with more than one goal, where no return belongs to one place: which of the things that goal and proxy reward the
 * agent came by, by where they lay. From the recorded episodes on every shifted suite.
 */
export function reachMaps(conditions: readonly AssessedCondition[], played: readonly RecordedPlay[]): HeatmapPart[] {
  return played.flatMap((play) => {
    const condition = conditions.find(({ evidence }) => evidence.name === play.condition)
    if (condition === undefined || play.suite.role !== 'shifted') return []
    if (environmentOf(condition.options.environment).goalPlace !== undefined) return []
    return (['goal', 'proxy'] as const).flatMap((kind) => reachMap(play, kind))
  })
}

function reachMap({ condition, suite, acting, seeds, episodes }: RecordedPlay, kind: Kind): HeatmapPart[] {
  const name = nameOf(episodes, kind)
  const { lay, reached } = countThings(episodes, kind)
  const places = lay.flat().filter((count) => count > 0).length
  if (name === null || places < 2) return []
  // The border is wall in every world.
  const inside = (_: unknown, index: number) => index > 0 && index < lay.length - 1
  const labels = lay.map((_, index) => String(index)).filter(inside)
  return [
    {
      type: 'heatmap',
      title: `${condition}: how often it came by a ${name} on ${suite.name}, by where that lay`,
      values: lay.map((row, y) => row.map((count, x) => share(reached[y][x], count)).filter(inside)).filter(inside),
      unit: 'share of the episodes that came by',
      rows: { title: `row of the ${name}`, labels },
      columns: { title: `column of the ${name}`, labels },
      scale: { low: 0, high: 1 },
      caption: `${episodes.length} episodes of ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, ${acting}.`,
    },
  ]
}

/** What the legend calls it, without what it says beside; null where no level has any. */
function nameOf(episodes: readonly OverlaidEpisode[], kind: Kind): string | null {
  const named = episodes.flatMap(({ before }) => before.legend).find(({ thing }) => thing === kind)
  return named?.name.split(',')[0] ?? null
}

/** [row][column] episodes in which such a thing lay there at first, and those of them in which the agent came by. */
function countThings(episodes: readonly OverlaidEpisode[], kind: Kind): { lay: number[][]; reached: number[][] } {
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

const share = (part: number, whole: number): Quantity => (whole === 0 ? { missing: 'none lay here' } : part / whole)
