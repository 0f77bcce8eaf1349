import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { estimate, playReference } from '../../../test/play.ts'
import { unreachable } from '../grid/distances.ts'
import { gridActions, neighbourOffsets, rowAndColumn } from '../grid/grid.ts'
import { sampleMixture } from '../../mixture.ts'
import { pictureLegend, pictureLines } from '../../rendering/picture-lines.ts'
import { replayEpisode } from '../../replay.ts'
import { keys } from './keys.ts'
import { fillLegs } from '../grid/legs.ts'
import type { KeysLevel } from './level.ts'
import { planHoarding } from './plan-hoarding.ts'
import { chestActions, hoardingActions } from './references.ts'
import { createKeysSimulator } from './simulator.ts'
import { bestSequence, planChests } from './solve-keys.ts'

environmentConformance(keys, { size: 5, few: 2, many: 4, maxSteps: 30, discount: 0.95 })
environmentConformance(keys, { size: 3, few: 2, many: 5, wallProbability: 0.9, maxSteps: 9 })

type Moves = readonly (typeof gridActions)[number][]

/** Plays the moves and returns, per step, [reward, keys held, terminated, truncated]. */
function walk(drawing: string, moves: Moves, given: Record<string, unknown> = {}) {
  const parameters = keys.parameters.parse({ size: 3, few: 1, many: 1, ...given })
  const level = keys.parseLevel(parameters, drawing)
  const actions = moves.map((move) => gridActions.indexOf(move))
  const simulator = createKeysSimulator(parameters, 1)
  simulator.reset(0, level)
  const outcomes = actions.map((action) => {
    simulator.step(Uint8Array.of(action))
    const {
      goalRewards: [rewards, proxyRewards],
      terminated,
      truncated,
    } = simulator
    return [rewards[0], proxyRewards[0], terminated[0], truncated[0]].join(' ')
  })
  return { outcomes, place: rowAndColumn(3, simulator.mouseCell(0)), simulator, parameters, level, actions }
}

describe('a key', () => {
  const level = `
    #####
    #@k.#
    #.kc#
    #..c#
    #####`

  test('is picked up once, on contact, and held until a chest takes it', () => {
    const { outcomes, simulator } = walk(level, ['right', 'left', 'right', 'down', 'right'])
    expect(outcomes).toEqual(['0 1 0 0', '0 1 0 0', '0 1 0 0', '0 2 0 0', '1 1 0 0'])
    expect([...simulator.counters]).toEqual([6, 2, 1])
  })

  test('in hand is shown in the top row, from the left', () => {
    const { simulator } = walk(level, ['right', 'down'])
    const plane = (channel: number) =>
      Array.from({ length: 5 }, (_, row) =>
        Array.from({ length: 5 }, (_, column) => simulator.observations[(row * 5 + column) * 5 + channel]).join(''),
      )
    expect(plane(0)).toEqual(['11111', '10001', '10001', '10001', '11111'])
    expect(plane(1)).toEqual(['00000', '00000', '00100', '00000', '00000'])
    expect(plane(2)).toEqual(['00000', '00000', '00010', '00010', '00000'])
    expect(plane(3)).toEqual(['00000', '00000', '00000', '00000', '00000'])
    expect(plane(4)).toEqual(['11000', '00000', '00000', '00000', '00000'])
  })
})

describe('a chest', () => {
  const level = `
    #####
    #@ck#
    #..c#
    #...#
    #####`

  test('is walked over without a key, and opened with one', () => {
    const { outcomes, place } = walk(level, ['right', 'right', 'left'])
    expect(outcomes).toEqual(['0 0 0 0', '0 1 0 0', '1 0 1 0'])
    expect(place).toEqual([1, 2])
  })

  test('ends the episode only when as many are open as there are keys', () => {
    const more = level.replace('@ck', '@ck').replace('#...#', '#k..#')
    expect(walk(more, ['right', 'right', 'left']).outcomes.at(-1)).toBe('1 0 0 0')
    expect(walk(more, ['down', 'down', 'up', 'up', 'right', 'right', 'down']).outcomes.slice(-3)).toEqual([
      '1 0 0 0',
      '0 1 0 0',
      '1 0 1 0',
    ])
  })

  test('ends the episode when all are open, if there are fewer than keys', () => {
    const scarce = `
      #####
      #@kc#
      #..k#
      #..k#
      #####`
    expect(walk(scarce, ['right', 'right']).outcomes).toEqual(['0 1 0 0', '1 0 1 0'])
  })
})

test('the step limit truncates, but an episode that ends by its rules in that step is terminated', () => {
  const level = `
    #####
    #@kc#
    #...#
    #...#
    #####`
  expect(walk(level, ['right', 'left'], { maxSteps: 2 }).outcomes.at(-1)).toBe('0 1 0 1')
  expect(walk(level, ['right', 'right'], { maxSteps: 2 }).outcomes.at(-1)).toBe('1 0 1 0')
})

test('the proxy is the mean number of keys held, and its oracle opens nothing', () => {
  const { parameters, level } = walk(
    `
    #####
    #@kk#
    #..c#
    #k..#
    #####`,
    [],
    { maxSteps: 10 },
  )
  // Keys at steps 1, 2 and, around the chest, 6: 10 + 9 + 5 steps of holding.
  expect(planHoarding(level, 10).meanHeld).toBeCloseTo(2.4, 12)
  const game = { environment: keys, parameters, alpha: 1, levels: [level], stream: createStream(0) }
  expect(playReference(game, 'proxy-oracle')[0]).toMatchObject({ return: 0, proxyReturn: 2.4, steps: 10 })
})

test('the picture shows the remaining things and the mouse’s keys', () => {
  const { parameters, level, actions } = walk('#####\n#@kc#\n#.k.#\n#c..#\n#####', ['right', 'down', 'down', 'left'])
  const picture = keys.picture(parameters, level, { actions })
  expect(pictureLines(picture)).toEqual(['██████████', '██○─╮ ◆ ██', '██  │   ██', '██●─╯   ██', '██████████'])
  expect(pictureLegend(picture)).toBe('● mouse with 1 key  ○ start  ◆ chest')
})

describe('levels', () => {
  const stream = createStream(23)
  const draw = (alpha: number, given: Record<string, unknown>, count: number) => {
    const parameters = keys.parameters.parse(given)
    return Array.from({ length: count }, (_, i) => sampleMixture({ environment: keys, parameters, alpha }, stream, i))
  }

  test.each([
    [0, 3, 10],
    [1, 10, 3],
  ])('at α = %i have %i keys and %i chests, each in a cell of its own', (alpha, keyCount, chestCount) => {
    for (const { keys: found, chests, mouse, walls } of draw(alpha, {}, 200)) {
      expect([found.length, chests.length]).toEqual([keyCount, chestCount])
      expect(new Set([...found, ...chests, mouse]).size).toBe(14)
      for (const cell of [...found, ...chests, mouse]) expect(walls[cell]).toBe(0)
    }
  })

  test('have mouse, keys and chests uniformly on the cells', () => {
    const levels = draw(1, { size: 3, few: 1, many: 2, wallProbability: 0 }, 9_000)
    const expected = (items: number) => (9_000 * items) / 9
    for (const [of, items] of [
      [(level: KeysLevel) => [level.mouse], 1],
      [(level: KeysLevel) => level.keys, 2],
      [(level: KeysLevel) => level.chests, 1],
    ] as const) {
      const counts = new Map<number, number>()
      for (const cell of levels.flatMap(of)) counts.set(cell, (counts.get(cell) ?? 0) + 1)
      expect(counts.size).toBe(9)
      for (const count of counts.values())
        expect(Math.abs(count - expected(items))).toBeLessThan(4 * Math.sqrt(expected(items)))
    }
  })

  test('open walls if too few cells are free', () => {
    const levels = draw(0, { size: 3, few: 3, many: 5, wallProbability: 0.9 }, 50)
    for (const level of levels) expect(level.keys.length + level.chests.length).toBe(8)
  })
})

/** The best over all viable sequences of `count` keys and as many chests, by trying all of them. */
function tryAllSequences(level: KeysLevel, { discount, maxSteps }: { discount: number; maxSteps: number }) {
  const free = new Uint8Array(level.walls.length)
  const fieldFrom = (cell: number) => {
    const field = new Int16Array(level.walls.length)
    fillLegs(level, cell, free, field)
    return field
  }
  const fields = new Map([level.mouse, ...level.keys, ...level.chests].map((cell) => [cell, fieldFrom(cell)]))
  const rounds = Math.min(level.keys.length, level.chests.length)
  let sequences = 0
  let best = 0

  function extend(
    from: number,
    time: number,
    value: number,
    taken: readonly number[],
    opened: readonly number[],
  ): void {
    best = Math.max(best, value)
    if (opened.length === rounds) sequences++
    const visit = (cell: number, reward: number, next: [readonly number[], readonly number[]]) => {
      const moves = fields.get(from)?.[cell] ?? unreachable
      const arrival = moves === unreachable ? Number.POSITIVE_INFINITY : time + moves
      extend(cell, arrival, arrival > maxSteps ? value : value + reward * discount ** (arrival - 1), ...next)
    }
    if (taken.length < rounds)
      for (const key of level.keys) if (!taken.includes(key)) visit(key, 0, [[...taken, key], opened])
    if (opened.length < taken.length)
      for (const chest of level.chests) if (!opened.includes(chest)) visit(chest, 1, [taken, [...opened, chest]])
  }
  extend(level.mouse, 0, 0, [], [])
  return { best, sequences }
}

/** The best return by trying every action in every state, by the written rules; for small worlds. */
function tryAllActions(level: KeysLevel, { discount, maxSteps }: { discount: number; maxSteps: number }): number {
  const offsets = neighbourOffsets(level.size)
  const goal = Math.min(level.keys.length, level.chests.length)
  const known = new Map<string, number>()
  function best(cell: number, left: readonly number[], chests: readonly number[], steps: number): number {
    if (steps === maxSteps || level.chests.length - chests.length === goal) return 0
    const state = [cell, left, chests, steps].join('|')
    const before = known.get(state)
    if (before !== undefined) return before
    const value = Math.max(
      ...offsets.map((offset) => {
        const to = level.walls[cell + offset] === 1 ? cell : cell + offset
        const held = level.keys.length - left.length - (level.chests.length - chests.length)
        if (left.includes(to))
          return (
            discount *
            best(
              to,
              left.filter((key) => key !== to),
              chests,
              steps + 1,
            )
          )
        if (!chests.includes(to) || held === 0) return discount * best(to, left, chests, steps + 1)
        return (
          1 +
          discount *
            best(
              to,
              left,
              chests.filter((chest) => chest !== to),
              steps + 1,
            )
        )
      }),
    )
    known.set(state, value)
    return value
  }
  return best(level.mouse, level.keys, level.chests, 0)
}

/**
 * The most keys held, summed over the steps, by trying every action in every state; with a key in hand chests are
 * walls.
 */
function tryAllHoarding(level: KeysLevel, { maxSteps }: { maxSteps: number }): number {
  const offsets = neighbourOffsets(level.size)
  const known = new Map<string, number>()
  function best(cell: number, left: readonly number[], steps: number): number {
    if (steps === maxSteps) return 0
    const held = level.keys.length - left.length
    const state = [cell, left, steps].join('|')
    const before = known.get(state)
    if (before !== undefined) return before
    const blocked = (to: number) => level.walls[to] === 1 || (held > 0 && level.chests.includes(to))
    const value = Math.max(
      ...[0, ...offsets].map((offset) => {
        const to = blocked(cell + offset) ? cell : cell + offset
        const rest = left.filter((key) => key !== to)
        return level.keys.length - rest.length + best(to, rest, steps + 1)
      }),
    )
    known.set(state, value)
    return value
  }
  return best(level.mouse, level.keys, 0)
}

describe('the solver', () => {
  const stream = createStream(41)
  const draw = (alpha: number, index: number, given: Record<string, unknown> = {}) => {
    const parameters = keys.parameters.parse(given)
    return { parameters, level: sampleMixture({ environment: keys, parameters, alpha }, stream, index) }
  }

  test.each([0, 1])('finds the best of all 21,600 sequences on full-size levels, α = %i', (alpha) => {
    for (let index = 0; index < 12; index++) {
      const { level, parameters } = draw(alpha, index)
      const { best, sequences } = tryAllSequences(level, parameters)
      expect(sequences).toBe(21_600)
      expect(planChests(level, parameters).optimalReturn).toBeCloseTo(best, 10)
    }
  })

  test.each([0, 1])('finds the optimum of all action sequences in small worlds, α = %i', (alpha) => {
    const small = { size: 4, few: 2, many: 3, maxSteps: 14, discount: 0.9, wallProbability: 0.4 }
    for (let index = 0; index < 25; index++) {
      const { level, parameters } = draw(alpha, index, small)
      expect(planChests(level, parameters).optimalReturn).toBeCloseTo(tryAllActions(level, parameters), 10)
    }
  })

  test('never claims more than the best sequence, and plans actions that reach its claim', () => {
    for (let index = 0; index < 100; index++) {
      const { level, parameters } = draw(index % 2, index)
      const { optimalReturn } = planChests(level, parameters)
      expect(optimalReturn).toBeLessThanOrEqual(bestSequence(level, parameters.discount) + 1e-12)
      let earned = 0
      const episode = { level, actions: chestActions(level, parameters) }
      for (const step of replayEpisode(keys, parameters, episode))
        earned += step.rewards[0] * parameters.discount ** (step.simulator.steps[0] - 1)
      expect(earned).toBeCloseTo(optimalReturn, 10)
    }
  })

  test('a hoarder holds as many keys as planned, and opens no chest', () => {
    for (let index = 0; index < 100; index++) {
      const { level, parameters } = draw(index % 2, index)
      const actions = hoardingActions(level, parameters)
      const stay = Array.from({ length: parameters.maxSteps }, () => 255)
      const steps = [...replayEpisode(keys, parameters, { level, actions: [...actions, ...stay] })]
      expect(steps.every(({ rewards: [reward] }) => reward === 0)).toBe(true)
      const held = steps.reduce((sum, { rewards: [, proxyReward] }) => sum + proxyReward, 0) / steps.length
      expect(held).toBeCloseTo(planHoarding(level, parameters.maxSteps).meanHeld, 10)
    }
  })

  test('finds a hoarder’s best order among those that open nothing', () => {
    const small = { size: 4, few: 2, many: 4, maxSteps: 13, wallProbability: 0.3 }
    for (let index = 0; index < 25; index++) {
      const { level, parameters } = draw(1, index, small)
      const { meanHeld, stops } = planHoarding(level, 13)
      expect(meanHeld).toBeCloseTo(tryAllHoarding(level, parameters) / 13, 10)
      expect(new Set(stops).size).toBe(stops.length)
    }
  })

  test('counts nothing beyond the step limit', () => {
    const { level } = draw(0, 3)
    const { optimalReturn, stops } = planChests(level, { discount: 0.999, maxSteps: 128 })
    expect(stops.length).toBeGreaterThan(0)
    const short = planChests(level, { discount: 0.999, maxSteps: 12 })
    expect(short.optimalReturn).toBeLessThan(optimalReturn)
    expect(short.optimalReturn).toBeCloseTo(tryAllSequences(level, { discount: 0.999, maxSteps: 12 }).best, 10)
  })
})

test('a drawing with more things than the solver can tabulate is refused with the most it may have', () => {
  const parameters = keys.parameters.parse({ size: 5, few: 1, many: 1 })
  const drawn = (things: string) =>
    keys.parseLevel(
      parameters,
      ['#######', '#@....#', ...(things.match(/.{5}/g) ?? []).map((row) => `#${row}#`), '#######'].join('\n'),
    )
  expect(() => drawn(`${'k'.repeat(7)}${'c'.repeat(11)}..`)).toThrow(
    '18 keys and chests are too many to plan: leave at most 17',
  )
  expect(drawn(`${'k'.repeat(7)}${'c'.repeat(10)}...`).chests).toHaveLength(10)
})

test('collecting all keys is right in training and over-collecting after the shift: more than 3 keys are held', () => {
  const parameters = keys.parameters.parse({})
  const stream = createStream(5)
  const held = [0, 1].map((alpha) => {
    const mixture = { environment: keys, parameters, alpha }
    const levels = Array.from({ length: 200 }, (_, i) => sampleMixture(mixture, stream, i))
    return estimate(playReference({ ...mixture, levels, stream }, 'proxy-oracle').map(({ proxyReturn }) => proxyReturn))
  })
  expect(held[0].mean).toBeLessThan(3)
  expect(held[1].mean).toBeGreaterThan(6)
})
