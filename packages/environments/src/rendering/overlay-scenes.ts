import { overlayCells, type CellOverlay } from './overlay-cells.ts'
import type { PictureLegend, ScenePicture, SceneShape, Thing } from './picture.ts'
import { sceneCells } from './scene-cells.ts'
import { middleOf, mirrorShape, moveShape } from './scene-geometry.ts'

export type Point = readonly [x: number, y: number]

/** One episode: its level before and after. */
export type OverlaidScenes = { readonly before: ScenePicture; readonly after: ScenePicture }

/** Many overlaid episodes in continuous space, in the units of their scenes. */
export type SceneOverlay = {
  readonly kind: 'scene'
  readonly episodes: number
  readonly width: number
  readonly height: number
  /** Episodes on levels that are shown in a mirror and were turned back. */
  readonly turnedBack: number
  /** The level; of many levels, what more than half of them have in the same place. */
  readonly background: readonly SceneShape[]
  /** Of many levels: the objects that are goals, of every level. */
  readonly goals: readonly SceneShape[]
  /** The way of each episode; equal and straight steps are put together. */
  readonly paths: readonly (readonly Point[])[]
  /** Where all of them started; null if they started in different places. */
  readonly start: Point | null
  readonly ends: readonly Point[]
  readonly legend: PictureLegend
  /** The same in coarse cells, for text. */
  readonly cells: CellOverlay
}

/** Cells along the longer side: fewer than of one scene, as each has a number. */
const longestInText = 24
const longestOfBackground = 128

/**
 * Overlays episodes on one level, or on many. Smaller levels lie in the bottom left corner of the largest. Levels that are
 * shown in a mirror lie in the bottom right corner, or are turned back if others are not in a mirror.
 */
export function overlayScenes(given: readonly OverlaidScenes[]): SceneOverlay {
  const extent = extentOf(given.map(({ before }) => before))
  const mirrored = given.filter(({ before }) => before.mirrored === true).length
  const turnsBack = mirrored < given.length
  const align = (scene: ScenePicture) => alignScene(scene, { ...extent, turnsBack })
  const episodes = given.map(({ before, after }) => ({ before: align(before), after: align(after) }))
  const levels = new Map(episodes.map(({ before }) => [JSON.stringify(stillShapes(before)), before]))
  const [level, ...others] = [...levels.values()]
  const isOne = others.length === 0
  const background = isOne ? stillShapes(level) : commonShapes(episodes.map(({ before }) => before))
  const goals = isOne ? [] : episodes.flatMap(({ before }) => before.shapes.filter(({ thing }) => isGoal(thing)))
  const seen = new Set([...background, ...goals].map(({ thing }) => thing))
  return {
    kind: 'scene',
    episodes: episodes.length,
    ...extent,
    turnedBack: turnsBack ? mirrored : 0,
    background,
    goals,
    paths: episodes.flatMap(({ after }) => pathsIn(after)),
    start: sharedStart(episodes.map(({ before }) => before)),
    ends: episodes.flatMap(({ after }) => agentOf(after)),
    legend: level.legend.filter(({ thing }) => seen.has(thing)),
    cells: overlayCells(
      episodes.map(({ before, after }) => ({
        before: sceneCells(before, longestInText),
        after: sceneCells(after, longestInText),
      })),
    ),
  }
}

type Extent = { readonly width: number; readonly height: number }

function extentOf(scenes: readonly ScenePicture[]): Extent {
  return {
    width: Math.max(...scenes.map(({ width }) => width)),
    height: Math.max(...scenes.map(({ height }) => height)),
  }
}

type Alignment = Extent & {
  /** Whether levels that are shown in a mirror are turned back. */
  readonly turnsBack: boolean
}

function alignScene(scene: ScenePicture, { width, height, turnsBack }: Alignment): ScenePicture {
  const { mirrored = false } = scene
  const right = mirrored && !turnsBack ? width - scene.width : 0
  const turned = mirrored && turnsBack ? scene.shapes.map((shape) => mirrorShape(shape, scene.width)) : scene.shapes
  return { ...scene, width, height, shapes: turned.map((shape) => moveShape(shape, right, height - scene.height)) }
}

function agentOf({ shapes }: ScenePicture): Point[] {
  return shapes.flatMap((shape) => (shape.thing === 'agent' && shape.shape !== 'line' ? [middleOf(shape)] : []))
}

function stillShapes({ shapes }: ScenePicture): SceneShape[] {
  return shapes.filter(({ thing }) => thing !== 'agent' && thing !== 'trail')
}

const isGoal = (thing: SceneShape['thing']): boolean => thing === 'goal' || thing === 'proxy' || thing === 'both'

function sharedStart(levels: readonly ScenePicture[]): Point | null {
  const starts = new Map(levels.flatMap(agentOf).map((point) => [point.map(toTenth).join(), point]))
  const [start] = starts.values()
  return starts.size === 1 ? (start ?? null) : null
}

/** What more than half of the levels have in the same cell, one rectangle for each run of it in a row. */
function commonShapes(levels: readonly ScenePicture[]): SceneShape[] {
  const { width, height } = extentOf(levels)
  const longest = Math.min(longestOfBackground, Math.ceil(Math.max(width, height)))
  const side = Math.max(width, height) / longest
  const still = levels.map((level) => sceneCells({ ...level, shapes: stillShapes(level) }, longest))
  const { rows } = overlayCells(still.map((cells) => ({ before: cells, after: cells })))
  return rows.flatMap((row, y) =>
    runsOf(row.map(({ thing }) => thing)).map(({ thing, from, to }) => ({
      thing,
      shape: 'rectangle' as const,
      x: from * side,
      y: y * side,
      width: (to - from) * side,
      height: side,
    })),
  )
}

/** Cells with equal things, without floor and without goals, which are drawn for every level. */
function runsOf(row: readonly Thing[]): { readonly thing: Thing; readonly from: number; readonly to: number }[] {
  const starts = row.flatMap((thing, x) => (x === 0 || row[x - 1] !== thing ? [x] : []))
  return starts
    .map((from, index) => ({ thing: row[from], from, to: starts[index + 1] ?? row.length }))
    .filter(({ thing }) => thing !== 'floor' && !isGoal(thing))
}

function pathsIn({ shapes }: ScenePicture): Point[][] {
  return shapes.flatMap((shape) =>
    shape.thing === 'trail' && shape.shape === 'line' ? [straighten(shape.points)] : [],
  )
}

/** Rounded to a tenth of a unit, without points that repeat the one before or lie on the straight way to the next. */
function straighten(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const [x, y] of points.map(([left, top]) => [toTenth(left), toTenth(top)] as const)) {
    const last = kept.at(-1)
    if (last !== undefined && last[0] === x && last[1] === y) continue
    const before = kept.at(-2)
    if (last !== undefined && before !== undefined && isOnward(before, last, [x, y])) kept.pop()
    kept.push([x, y])
  }
  return kept
}

function isOnward(a: Point, b: Point, c: Point): boolean {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]]
  return Math.abs(ux * vy - uy * vx) < 1e-6 && ux * vx + uy * vy > 0
}

const toTenth = (value: number): number => Math.round(10 * value) / 10
