import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { coinrunDistributions } from './distributions.ts'
import { maxWidth, tile } from './level.ts'
import { coinrunParameters, type CoinrunParameters } from './parameters.ts'
import { drawSections, type Section, type Sections } from './sections.ts'

const count = 20_000
const stream = createStream(8).named('sections')
const drawAll = (difficulty: number, walkers: boolean, changes: Partial<CoinrunParameters> = {}): Sections[] => {
  const parameters = coinrunParameters.parse({ difficulty, walkers, ...changes })
  return Array.from({ length: count }, (_, i) => drawSections(parameters, stream.at(i)))
}
const hard = drawAll(3, true)
const sections = hard.flatMap((level) => level.sections)

/** The sections of a level whose difficulty shows: only 1 and 3 have unmistakable widths. */
const ofNumber = (levels: readonly Sections[], number: number) =>
  levels.filter((level) => level.sections.length === number)

/**
 * Pearson's χ² of counts against probabilities, as a standard normal number (Wilson & Hilferty): 4 is one in 30,000.
 */
function deviation(observed: readonly number[], probabilities: readonly number[]): number {
  const total = observed.reduce((sum, value) => sum + value, 0)
  const chi = observed.reduce(
    (sum, value, i) => sum + (value - total * probabilities[i]) ** 2 / (total * probabilities[i]),
    0,
  )
  const k = observed.length - 1
  return (Math.cbrt(chi / k) - (1 - 2 / (9 * k))) / Math.sqrt(2 / (9 * k))
}

/** How often each key occurs; nothing else may. */
function tally(values: readonly number[], keys: readonly number[]): number[] {
  const counts = keys.map((key) => values.filter((value) => value === key).length)
  expect(counts.reduce((sum, times) => sum + times, 0)).toBe(values.length)
  return counts
}
const uniform = (length: number) => Array.from({ length }, () => 1 / length)

describe('the laws of procgenAISC’s generator, on 20,000 levels', () => {
  test('d uniform in 1 … 3, and d + U{0 … d − 1} sections', () => {
    // 1; 2, 3; 3, 4, 5.
    const probabilities = [1 / 3, 1 / 6, 1 / 6 + 1 / 9, 1 / 9, 1 / 9]
    const observed = tally(
      hard.map((level) => level.sections.length),
      [1, 2, 3, 4, 5],
    )
    expect(Math.abs(deviation(observed, probabilities))).toBeLessThan(4)
  })

  test('the coin at the start of a section, uniformly chosen', () => {
    const threes = ofNumber(hard, 3)
    const places = threes.map(({ sections: all, coinSection }) => all.indexOf(coinSection))
    expect(Math.abs(deviation(tally(places, [0, 1, 2]), uniform(3)))).toBeLessThan(4)
  })

  test('the first section rises by 1 + U{0 … 3}, one more at d = 3', () => {
    const easy = ofNumber(hard, 1).map(({ sections: [first] }) => first.ground - 1)
    expect(Math.abs(deviation(tally(easy, [1, 2, 3, 4]), uniform(4)))).toBeLessThan(4)
    const five = ofNumber(hard, 5).map(({ sections: [first] }) => first.ground - 1)
    expect(Math.abs(deviation(tally(five, [2, 3, 4, 5]), uniform(4)))).toBeLessThan(4)
  })

  test('3 + U{0 … 2 d − 1} columns, one more at d = 3, from column 5 on, side by side', () => {
    const narrow = ofNumber(hard, 1).map(({ sections: [first] }) => first.width)
    expect(Math.abs(deviation(tally(narrow, [3, 4]), uniform(2)))).toBeLessThan(4)
    const broad = ofNumber(hard, 5).flatMap((level) => level.sections.map(({ width }) => width))
    expect(Math.abs(deviation(tally(broad, [4, 5, 6, 7, 8, 9]), uniform(6)))).toBeLessThan(4)
    for (const level of hard.slice(0, 100)) {
      const starts = level.sections.map(({ width }, i) => level.sections[i + 1]?.x ?? level.end.column - width)
      expect(level.sections[0].x).toBe(5)
      expect(level.sections.map(({ x, width }) => x + width).slice(0, -1)).toEqual(starts.slice(0, -1))
      const last = level.sections.at(-1)
      expect(level.end).toEqual({ column: (last?.x ?? 0) + (last?.width ?? 0), row: last?.ground })
    }
  })

  test('from a height of 5 on it falls as often as it rises, and from 20 on always; never below 1', () => {
    const steps = hard.flatMap((level) =>
      level.sections.slice(1).map((section, i) => ({ before: level.sections[i].ground, after: section.ground })),
    )
    const middle = steps.filter(({ before }) => before >= 5 && before < 20)
    const falls = middle.filter(({ before, after }) => after < before).length
    expect(Math.abs(deviation([falls, middle.length - falls], uniform(2)))).toBeLessThan(4)
    expect(steps.filter(({ before }) => before < 5).every(({ before, after }) => after > before)).toBe(true)
    expect(steps.every(({ after }) => after >= 1)).toBe(true)
    expect(steps.filter(({ before }) => before >= 20).every(({ before, after }) => after < before)).toBe(true)
  })

  test('a section wider than 7 on ground above 3 is a pit with probability 17/20 at d = 3', () => {
    const eligible = sections.filter(({ width, ground }) => width > 7 && ground > 3)
    const pits = sections.filter(({ pit }) => pit !== null)
    expect(pits.every((section) => eligible.includes(section))).toBe(true)
    expect(Math.abs(deviation([pits.length, eligible.length - pits.length], [0.85, 0.15]))).toBeLessThan(4)
  })

  test('one danger for all pits of a level: lava, saws or walkers alike; without walkers saws instead', () => {
    const dangersOf = (levels: readonly Sections[]) =>
      levels
        .map((level) => [...new Set(level.sections.flatMap(({ pit }) => pit?.danger ?? []))])
        .filter(({ length }) => length > 0)
    const seen = dangersOf(hard)
    expect(seen.every(({ length }) => length === 1)).toBe(true)
    const observed = ['lava', 'saws', 'walkers'].map((name) => seen.filter(([danger]) => danger === name).length)
    expect(Math.abs(deviation(observed, uniform(3)))).toBeLessThan(4)
    expect(new Set(dangersOf(drawAll(3, false).slice(0, 5000)).flat())).toEqual(new Set(['lava', 'saws']))
  })

  test('edges of 1 + U{0 … 2} columns on both sides of a pit, at most 7 wide, and a platform over those wider than 4', () => {
    const eights = sections.filter(
      (section): section is Section & { pit: NonNullable<Section['pit']> } =>
        section.pit !== null && section.width === 8,
    )
    const edges = eights.map(({ x, pit }) => pit.x - x)
    expect(Math.abs(deviation(tally(edges, [1, 2, 3]), uniform(3)))).toBeLessThan(4)
    const fits = ({ x, width, pit }: (typeof eights)[number]): boolean => {
      const { platform } = pit
      if (pit.width > 7 || x + width - pit.x - pit.width < 1 || (platform !== null) !== pit.width > 4) return false
      return platform === null || (platform.x > pit.x && platform.x + platform.width <= pit.x + pit.width)
    }
    expect(eights.filter((pit) => !fits(pit))).toEqual([])
  })

  test('on the ground a saw with 2 d / 10, a walker with d / 10, and two piles of crates with 1/2 each', () => {
    const ground = ofNumber(hard, 5).flatMap((level) => level.sections.filter(({ pit }) => pit === null))
    const share = (is: (section: Section) => boolean, probability: number) => {
      const hits = ground.filter(is).length
      expect(Math.abs(deviation([hits, ground.length - hits], [probability, 1 - probability]))).toBeLessThan(4)
    }
    share(({ saw }) => saw !== null, 0.6)
    share(({ walker }) => walker !== null, 0.3)
    // A pile that would stand on a saw or a walker is left out.
    const bare = ground.filter(({ saw, walker }) => saw === null && walker === null)
    const piles = tally(
      bare.map(({ crates }) => crates.length),
      [0, 1, 2],
    )
    expect(Math.abs(deviation(piles, [0.25, 0.5, 0.25]))).toBeLessThan(4)
    const heights = bare.flatMap(({ crates }) => crates.map(({ height }) => height))
    expect(Math.abs(deviation(tally(heights, [1, 2, 3]), uniform(3)))).toBeLessThan(4)
    const places = ground.filter(({ width, saw }) => width === 7 && saw !== null).map(({ x, saw }) => (saw ?? 0) - x)
    expect(Math.abs(deviation(tally(places, [1, 2, 3, 4, 5]), uniform(5)))).toBeLessThan(4)
  })

  test('difficulty 2 has no pits, and no level wider than 25 columns', () => {
    const easier = drawAll(2, false)
    expect(easier.every((level) => level.sections.every(({ pit, walker }) => pit === null && walker === null))).toBe(
      true,
    )
    expect(Math.max(...easier.map(({ end }) => end.column + 2))).toBe(25)
  })
})

describe('what Procgen does not have, on 20,000 levels', () => {
  test('moreSections adds so many to each level, and no section starts at column 49 or beyond', () => {
    const longer = drawAll(1, false, { moreSections: 3 })
    expect(longer.every((level) => level.sections.length === 4)).toBe(true)
    const longest = drawAll(3, true, { moreSections: 4 })
    const starts = [...new Set(longest.flatMap((level) => level.sections.map(({ x }) => x)))]
    expect(Math.max(...starts)).toBe(48)
    expect(longest.every(({ end }) => end.column + 2 <= maxWidth)).toBe(true)
    expect(longest.every(({ sections: own, coinSection }) => own.includes(coinSection))).toBe(true)
  })

  test('saws is the share of sections wider than 3 that have one, at every difficulty', () => {
    const sawed = drawAll(2, false, { saws: 0.7 }).flatMap((level) => level.sections)
    const wide = sawed.filter(({ width }) => width > 3)
    const saws = wide.filter(({ saw }) => saw !== null).length
    expect(Math.abs(deviation([saws, wide.length - saws], [0.7, 0.3]))).toBeLessThan(4)
    expect(sawed.every(({ width, saw }) => width > 3 || saw === null)).toBe(true)
  })
})

test('without startLedge a ledge hangs over the start only of levels where no section can hold one', () => {
  const parameters = coinrunParameters.parse({ difficulty: 2, moreSections: 4, startLedge: false })
  const starts = Array.from({ length: 400 }, (_, i) => {
    const { sections: own } = drawSections(parameters, stream.at(i))
    const { coin, width } = coinrunDistributions[2].sample(parameters, stream.at(i))
    const holders = own.filter(
      ({ width: wide, pit, saw, ground }, at) =>
        wide >= 4 && pit === null && saw === null && ground > (own[at - 1]?.ground ?? 0),
    )
    const column = coin % width
    if (holders.length > 0) expect(holders.map(({ x }) => x + 1)).toContain(column)
    else expect(column).toBe(1)
    return column === 1
  })
  expect(new Set(starts)).toEqual(new Set([true, false]))
})

test('worlds stored before these parameters existed keep their levels', () => {
  const parameters = coinrunParameters.parse({ difficulty: 3, walkers: true, ledges: 0.5 })
  const { moreSections: _more, saws: _saws, startLedge: _ledge, mirrored: _mirror, ...stored } = parameters
  for (const { sample } of coinrunDistributions)
    for (let i = 0; i < 50; i++)
      expect(sample(stored as CoinrunParameters, stream.at(i))).toMatchObject(sample(parameters, stream.at(i)))
})

test('the coin of `aside` lies on a ledge under free air, 4 or 5 cells above the ground', () => {
  for (let i = 0; i < 100; i++) {
    const { coin, width, tiles } = coinrunDistributions[2].sample(
      coinrunParameters.parse({ difficulty: 2 }),
      stream.at(i),
    )
    expect(tiles[coin - width]).toBe(tile.wall)
    // The wall of the level, or a shield against those who jump from the left.
    expect(tiles[coin - 1]).toBe(tile.wall)
    expect(tiles[coin + width]).toBe(tile.empty)
    let below = coin - 2 * width
    while (tiles[below] !== tile.wall) below -= width
    expect([4, 5]).toContain((coin - below) / width - 1)
  }
})
