import type { Rng } from '@goalpost/random'
import { maxWidth } from './level.ts'
import type { StoredCoinrunParameters } from './parameters.ts'

/** A stretch of the level: columns `x` to `x + width − 1`, with its ground below row `ground`. */
export type Section = {
  readonly x: number
  readonly width: number
  readonly ground: number
  readonly pit: Pit | null
  /** Columns; null where there is none. */
  readonly saw: number | null
  readonly walker: { readonly column: number; readonly right: boolean } | null
  readonly crates: readonly { readonly column: number; readonly height: number }[]
}

/** Filled with the level's danger, and perhaps with a platform over it. */
export type Pit = {
  readonly x: number
  readonly width: number
  readonly danger: Danger
  /** Rows of lava. */
  readonly depth: number
  /** Which way each walker sets off, if walkers are the danger. */
  readonly walkers: readonly boolean[]
  readonly platform: { readonly x: number; readonly width: number } | null
}

const dangers = ['lava', 'saws', 'walkers'] as const
type Danger = (typeof dangers)[number]

export type Sections = {
  readonly sections: readonly Section[]
  /** The section at whose start the coin lies, or its counterpart. */
  readonly coinSection: Section
  /** Column and row of the level's end. */
  readonly end: { readonly column: number; readonly row: number }
}

const firstColumn = 5
/** No section starts here or beyond, as in Procgen, however many were drawn. */
const lastColumn = maxWidth - 15
/** The longest jump, in cells: 2 · .5 · 1.5 / .2, rounded as in Procgen. */
const longestJump = 7

type Setting = Pick<StoredCoinrunParameters, 'difficulty' | 'walkers' | 'moreSections' | 'saws'>

/**
 * The random numbers behind a level, in the order of Procgen's `generate_coin_to_the_right` and, for the place of the
 * coin, `generate_coin_rand` (JacobPfau/procgenAISC, `coinrun.cpp`). Only with `moreSections` do levels reach the last
 * column; a coin whose section is left out lies in the last one.
 */
export function drawSections(setting: Setting, random: Rng): Sections {
  const difficulty = random.integer(setting.difficulty) + 1
  const count = random.integer(difficulty) + difficulty + (setting.moreSections ?? 0)
  const danger = dangers[random.integer(dangers.length)]
  const coinIndex = random.integer(count)
  const sections: Section[] = []
  let [x, ground] = [firstColumn, 1]
  for (let i = 0; i < count && x < lastColumn; i++) {
    const section = drawSection({ ...setting, difficulty, danger, x, before: ground }, random)
    sections.push(section)
    x += section.width
    ground = section.ground
  }
  return { sections, coinSection: sections[Math.min(coinIndex, sections.length - 1)], end: { column: x, row: ground } }
}

type Place = Setting & {
  readonly danger: Danger
  readonly x: number
  /** The ground of the section before. */
  readonly before: number
}

function drawSection({ difficulty, walkers, saws = null, danger, x, before }: Place, random: Rng): Section {
  const extra = difficulty === 3 ? 1 : 0
  const rise = random.integer(4) + 1 + extra
  const falls = before >= 20 || (before >= 5 && random.integer(2) === 1)
  const width = random.integer(2 * difficulty) + 3 + extra
  const ground = Math.max(1, before + (falls ? -rise : rise))
  if (width > 7 && ground > 3 && random.integer(20) >= difficulty) {
    const pit = drawPit({ x, width, ground, danger: danger === 'walkers' && !walkers ? 'saws' : danger }, random)
    return { x, width, ground, pit, saw: null, walker: null, crates: [] }
  }
  const place = () => x + random.integer(width - 2) + 1
  const sawTenths = saws === null ? 2 * difficulty : Math.round(10 * saws)
  const saw = random.integer(10) < sawTenths && width > 3 ? place() : null
  const walks = random.integer(10) < difficulty && width > 3 && walkers
  const walker = walks ? { column: place(), right: random.integer(2) === 1 } : null
  const crates: { column: number; height: number }[] = []
  for (let i = 0; i < 2; i++) {
    const column = place()
    if (random.integer(2) === 1 && column !== saw && column !== walker?.column)
      crates.push({ column, height: random.integer(3) + 1 })
  }
  return { x, width, ground, pit: null, saw, walker, crates }
}

type Ditch = { readonly x: number; readonly width: number; readonly ground: number; readonly danger: Danger }

function drawPit({ x, width: room, ground, danger }: Ditch, random: Rng): Pit {
  const before = random.integer(3) + 1
  const after = random.integer(3) + 1
  const width = Math.min(longestJump, room - before - after)
  const depth = random.integer(ground - 3) + 1
  const walkers = danger === 'walkers' ? Array.from({ length: width }, () => random.integer(2) === 1) : []
  return { x: x + before, width, danger, depth, walkers, platform: drawPlatform(x + before, width, random) }
}

function drawPlatform(x: number, width: number, random: Rng): Pit['platform'] {
  if (width <= 4) return null
  if (width <= 6) return { x: x + width - 4 + random.integer(2), width: 1 + random.integer(2) }
  const before = 2 + random.integer(2)
  return { x: x + before, width: width - before - (2 + random.integer(2)) }
}
