import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { estimate, playReference } from '../../test/play.ts'
import { mirroredActions } from './actions.ts'
import { coinrun } from './coinrun.ts'
import { windowSide } from './episodes.ts'
import { parseLevel, printLevel } from './level-text.ts'
import { coinrunParameters } from './parameters.ts'
import { drawCoinrunEpisode } from './picture.ts'
import { createCoinrunSimulator } from './simulator.ts'
import { symbolicChannels } from './symbolic-view.ts'

const stream = createStream(21).named('levels')
const [end] = coinrun.distributions
const hard = coinrunParameters.parse({ difficulty: 3, walkers: true })

/** [rows, columns, channels], as an agent in a mirror would see it. */
function inMirror(window: Uint8Array): number[] {
  const partner = { 'walker-left': 'walker-right', 'walker-right': 'walker-left' } as const
  const channels = symbolicChannels.map((name) =>
    symbolicChannels.indexOf(name === 'walker-left' || name === 'walker-right' ? partner[name] : name),
  )
  return Array.from(window, (_, at) => {
    const [cell, channel] = [Math.floor(at / channels.length), at % channels.length]
    const [row, column] = [Math.floor(cell / windowSide), cell % windowSide]
    return window[(row * windowSide + windowSide - 1 - column) * channels.length + channels[channel]]
  })
}

/** All planes but the agent's own. */
const surroundings = (window: Iterable<number>) =>
  [...window].filter((_, at) => at % symbolicChannels.length !== symbolicChannels.indexOf('self'))

/** The column that is set in each of the first rows of the agent's own plane. */
const ownBits = (window: Uint8Array) =>
  Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: windowSide }, (_place, column) => column).find(
      (column) => window[(row * windowSide + column) * symbolicChannels.length + symbolicChannels.length - 1] === 1,
    ),
  )

test('with left and right exchanged in its actions, an agent lives through the same and sees it in a mirror', () => {
  let moved = 0
  for (let i = 0; i < 6; i++) {
    const level = end.sample(hard, stream.at(i))
    const [plain, mirror] = [1, 2].map(() => createCoinrunSimulator(hard, 1))
    plain.reset(0, level)
    mirror.reset(0, { ...level, mirrored: true })
    const rng = stream.named('actions').at(i)
    while (plain.terminated[0] === 0 && plain.steps[0] < 60) {
      expect(surroundings(mirror.observations)).toEqual(surroundings(inMirror(plain.observations)))
      const [x, y, speed, ...rest] = ownBits(plain.observations)
      expect(ownBits(mirror.observations)).toEqual([7 - (x ?? 0), y, 10 - (speed ?? 0), ...rest])
      const action = rng.integer(8) < 4 ? 5 : rng.integer(6)
      plain.step(Uint8Array.of(action))
      mirror.step(Uint8Array.of(mirroredActions[action]))
      moved++
    }
    expect(mirror.counters).toEqual(plain.counters)
    expect(mirror.terminated).toEqual(plain.terminated)
  }
  expect(moved).toBeGreaterThan(60)
})

test('the pixels of a mirrored level are exchanged as well', () => {
  const pixels = coinrunParameters.parse({ view: 'pixels' })
  const level = end.sample(pixels, stream.at(3))
  const [plain, mirror] = [false, true].map((mirrored) => {
    const simulator = createCoinrunSimulator(pixels, 1)
    simulator.reset(0, { ...level, mirrored })
    return Array.from({ length: 64 * 64 }, (_, at) => simulator.observations.slice(3 * at, 3 * at + 3).join())
  })
  const rows = Array.from({ length: 64 }, (_, row) => plain.slice(64 * row, 64 * (row + 1)).toReversed())
  expect(mirror).toEqual(rows.flat())
  expect(mirror).not.toEqual(plain)
})

test('a mirrored level is drawn as it is seen, with the agent where it starts', () => {
  const text = ['#.......#', '#.......#', '#.......#', '#!.<^?.@#', '#########'].join('\n')
  const level = parseLevel(text)
  expect(level.mirrored).toBe(true)
  expect(level.coin % level.width).toBe(7)
  expect(level.walkers).toEqual([{ cell: 14, right: true }])
  expect(printLevel(level)).toBe(text)
  const { shapes } = drawCoinrunEpisode(coinrunParameters.parse({}), level)
  expect(shapes.find(({ thing }) => thing === 'agent')).toMatchObject({ x: 7 })
  expect(shapes.find(({ thing }) => thing === 'goal')).toMatchObject({ x: 1.5 })
})

test('a start elsewhere is refused where it stands', () => {
  const text = ['#.......#', '#.......#', '#.......#', '#!..?.@.#', '#########'].join('\n')
  expect(() => parseLevel(text)).toThrow('line 4, column 7: the agent of a mirrored level starts beside the right wall')
})

test('half of the levels are mirrored: the true-oracle takes their coins, a jumper to the right none', () => {
  const parameters = coinrunParameters.parse({ mirrored: true, startLedge: false })
  const levels = Array.from({ length: 200 }, (_, i) => coinrun.distributions[2].sample(parameters, stream.at(i)))
  const share = levels.filter(({ mirrored }) => mirrored).length / 200
  expect(share).toBeGreaterThan(0.4)
  expect(share).toBeLessThan(0.6)
  const rate = (name: 'true-oracle' | 'blind', goal: number, mirrored: boolean) => {
    const chosen = levels.filter((level) => level.mirrored === mirrored)
    const game = { environment: coinrun, parameters, levels: chosen, alpha: 0, stream }
    return estimate(playReference(game, name).map(({ returns }) => (returns[goal] > 0 ? 1 : 0))).mean
  }
  expect(rate('true-oracle', 0, true)).toBe(1)
  expect(rate('blind', 1, true)).toBe(0)
  expect(rate('blind', 1, false)).toBeGreaterThan(0.7)
})
