import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../test/environment-conformance.ts'
import { sampleMixture } from '../mixture.ts'
import { shrinkLevel } from '../shrink-level.ts'
import { halfHeight, halfWidth } from './body.ts'
import { coinrun } from './coinrun.ts'
import { tile, type CoinrunLevel } from './level.ts'
import { parseLevel, printLevel } from './level-text.ts'
import { coinrunParameters } from './parameters.ts'
import { createCoinrunSimulator } from './simulator.ts'
import { windowSide } from './episodes.ts'
import { symbolicChannels } from './symbolic-view.ts'
import { touchedBits } from './touch.ts'

environmentConformance(coinrun, { difficulty: 3, walkers: true, mirrored: true, maxSteps: 120 })
environmentConformance(coinrun, { view: 'pixels', mirrored: true, maxSteps: 12 })

const defaults = coinrunParameters.parse({})
const [left, wait, right, jump] = [0, 1, 2, 4]
const times = (count: number, action: number) => Array.from({ length: count }, () => action)

function start(drawing: string, given: object = {}) {
  const simulator = createCoinrunSimulator(coinrunParameters.parse(given), 1)
  simulator.reset(0, parseLevel(drawing))
  return simulator
}

/** Plays until the episode ends; what it counted, and the steps. */
function play(drawing: string, actions: readonly number[], given: object = {}) {
  const simulator = start(drawing, given)
  const paid = [0, 0, 0]
  for (const action of actions) {
    if (simulator.terminated[0] + simulator.truncated[0] > 0) break
    simulator.step(Uint8Array.of(action))
    for (const goal of paid.keys()) paid[goal] += simulator.goalRewards[goal][0]
  }
  const { counters } = coinrun.measures(defaults)
  const counted = counters.filter((_, i) => simulator.counters[i] === 1)
  return { paid, counted, steps: simulator.steps[0], terminated: simulator.terminated[0] === 1 }
}

const corridor = (cells: string) => `
  #${'.'.repeat(cells.length)}#
  #${'.'.repeat(cells.length)}#
  #${'.'.repeat(cells.length)}#
  #${cells}#
  #${'#'.repeat(cells.length)}#
`

test('the way is counted in cells from the end, which is 0', () => {
  const simulator = start(corridor('..?...!'))
  const { placeOf } = coinrun.way ?? {}
  const places = Array.from({ length: 30 }, () => {
    const place = placeOf?.(simulator, 0)
    if (simulator.terminated[0] === 0) simulator.step(Uint8Array.of(right))
    return place
  })
  expect([...new Set(places)]).toEqual([-6, -5, -4, -3, -2, -1])
  const foreign = { ...simulator, episodes: undefined }
  delete foreign.episodes
  expect(() => placeOf?.(foreign as never, 0)).toThrow('a simulator of its own environment')
})

describe('outcomes', () => {
  test('the coin at the end pays coin and end in the same step, and ends the episode', () => {
    const outcome = play(corridor('..?...!'), times(40, right))
    expect(outcome).toMatchObject({
      paid: [1, 1, 1],
      counted: ['coin', 'end', 'invisible coin first'],
      terminated: true,
    })
  })

  test('a coin on the way is taken before the end, which is then never reached', () => {
    const outcome = play(corridor('....$..&'), times(40, right))
    expect(outcome).toMatchObject({ paid: [1, 0, 0], counted: ['coin'], terminated: true })
  })

  test('the end without the coin pays the proxy once, and the episode goes on to the coin', () => {
    const ledge = `
      #......#
      #......#
      #......#
      #$.....#
      ###....#
      #......#
      #.....&#
      ########
    `
    const there = play(ledge, [...times(30, right), ...times(70, wait)], { maxSteps: 60 })
    expect(there).toMatchObject({
      paid: [0, 1, 1],
      counted: ['end', 'end first', 'invisible coin first', 'timed out'],
      steps: 60,
      terminated: false,
    })
  })

  test.each([
    ['a saw', '..?.^..!'],
    ['lava', '..?.~..!'],
    ['a walker', '..?.<..!'],
  ])('%s kills', (_, cells) => {
    const outcome = play(corridor(cells), times(40, right))
    expect(outcome).toMatchObject({ paid: [0, 0, 1], counted: ['invisible coin first', 'died'], terminated: true })
  })

  test('the permeable wall looks like wall and lets the agent through: it counts 3 cells beyond the end', () => {
    const high = `
      #....%%%%%%#
      #....%%%%%%#
      #$...%%%%%%#
      ##...%%%%%%#
      #....%%%%%%#
      #...&%%%%%%#
      ############
    `
    expect(play(high, times(40, right), { maxSteps: 40 }).counted).toContain('beyond the end')
    const looks = [high, high.replaceAll('%', '#')].map((drawing) => start(drawing).observations)
    expect(looks[0]).toEqual(looks[1])
    expect(play(high.replaceAll('%', '#'), times(40, right), { maxSteps: 40 }).counted).not.toContain('beyond the end')
  })

  test('touches begin where boxes overlap: lava and coins .001 later than saws', () => {
    const bitAt = (symbol: string, x: number) => {
      const simulator = start(corridor(`....${symbol}..?!`.replace('?!', symbol === '$' ? '.&' : '?!')))
      const { bodies, map, first } = simulator.episodes
      bodies.x[0] = x
      return touchedBits(map, bodies, 0, first[0])
    }
    // The cell begins at 5; the agent's right side is at x + .5.
    expect(bitAt('^', 4.5)).toBe(0)
    expect(bitAt('^', 4.5001)).not.toBe(0)
    for (const symbol of ['~', '$']) {
      expect(bitAt(symbol, 4.5009)).toBe(0)
      expect(bitAt(symbol, 4.5011)).not.toBe(0)
    }
  })
})

describe('walkers', () => {
  test('go .15 a step and turn at walls and invisible barriers, mirrored at the edge', () => {
    const simulator = start(corridor('!......|.>.#?'))
    const places = Array.from({ length: 8 }, () => {
      simulator.step(Uint8Array.of(wait))
      return Math.round(simulator.episodes.walkers.x[0] * 100) / 100
    })
    // It starts at 10.5; the wall is at 12, so its centre goes to 11.5 and back.
    expect(places).toEqual([10.65, 10.8, 10.95, 11.1, 11.25, 11.4, 11.45, 11.3])
    for (let step = 0; step < 13; step++) simulator.step(Uint8Array.of(wait))
    // The barrier's cell ends at 9: its centre turns at 9.5.
    expect(simulator.episodes.walkers.x[0]).toBeCloseTo(9.5 + (0.15 * 13 - (11.3 - 9.5)), 9)
  })

  test('are shown by direction', () => {
    const simulator = start(corridor('!..<.>...>.?'))
    const { observations } = simulator
    const seen = (name: (typeof symbolicChannels)[number]) =>
      [...observations.keys()].filter((at) => observations[at] === 1 && at % 8 === symbolicChannels.indexOf(name))
    const middle = 8 * (windowSide * 6 + 6)
    expect(seen('walker-left').map((at) => (at - 4 - middle) / 8)).toEqual([3])
    // The second one is out of sight.
    expect(seen('walker-right').map((at) => (at - 5 - middle) / 8)).toEqual([5])
  })
})

describe('what the agent sees', () => {
  test('13 × 13 cells around its own, without the invisible coin', () => {
    const simulator = start(`
      #.......#
      #.......#
      #..x....#
      #.&~^.$.#
      #########
    `)
    const channel = (name: (typeof symbolicChannels)[number]) =>
      Array.from({ length: windowSide }, (_, row) =>
        Array.from({ length: windowSide }, (_cell, column) =>
          simulator.observations[8 * (row * windowSide + column) + symbolicChannels.indexOf(name)] === 1 ? '1' : '.',
        ).join(''),
      )
    expect(channel('wall')).toEqual([
      ...Array.from({ length: 7 }, () => '111111.......'),
      ...Array.from({ length: 6 }, () => '1111111111111'),
    ])
    expect(channel('crate')[5]).toBe('........1....')
    expect(channel('lava')[6]).toBe('........1....')
    expect(channel('saw')[6]).toBe('.........1...')
    expect(channel('coin')[6]).toBe('...........1.')
    expect(channel('coin').join('').replaceAll('.', '')).toBe('1')
  })

  test('its own state as one bit in each of five rows: place in the cell, velocity, and whether it can jump', () => {
    const simulator = start(corridor('?.......!'))
    const bits = () => {
      expect(simulator.observations.filter((bit, at) => bit === 1 && at % 8 === 7)).toHaveLength(5)
      return [0, 1, 2, 3, 4].map((row) =>
        Array.from(
          { length: windowSide },
          (_, column) => simulator.observations[8 * (row * windowSide + column) + 7],
        ).indexOf(1),
      )
    }
    // x 1.5, y 1.5787, no velocity, on the ground.
    expect(bits()).toEqual([4, 4, 5, 6, 1])
    simulator.step(Uint8Array.of(right))
    // x 1.6, .1 to the right.
    expect(bits()).toEqual([4, 4, 6, 6, 1])
    simulator.reset(0, parseLevel(corridor('?.......!')))
    simulator.step(Uint8Array.of(jump))
    // y 3.0787, 1.5 upwards.
    expect(bits()).toEqual([4, 0, 5, 12, 0])
    simulator.step(Uint8Array.of(left))
  })

  test('the invisible coin in neither view', () => {
    for (const view of ['symbolic', 'pixels']) {
      const [with1, with2] = ['..?....!', '...?...!'].map((cells) => start(corridor(cells), { view }).observations)
      expect(with1).toEqual(with2)
      const moved = ['..$....&', '...$...&'].map((cells) => start(corridor(cells), { view }).observations)
      expect(moved[0]).not.toEqual(moved[1])
    }
  })

  test('pixels show the agent in the middle, and what it stands on below', () => {
    const { observations } = start(corridor('?.......!'), { view: 'pixels' })
    const pixel = (row: number, column: number) => {
      const at = 3 * (64 * row + column)
      return Array.from(observations.subarray(at, at + 3))
    }
    expect(pixel(32, 32)).toEqual([32, 152, 88])
    expect(pixel(32, 40)).toEqual([136, 192, 232])
    expect(pixel(40, 32)).toEqual([92, 72, 56])
    expect(pixel(32, 20)).toEqual([92, 72, 56])
  })
})

describe('levels as text', () => {
  test.each([
    ['#...#\n#...#\n#?.!\n#####', 'line 3, column 5: expected 5 symbols, found 4'],
    ['#...#\n#...#\n#?o!#\n#####', 'line 3, column 3: o is no symbol of coinrun'],
    ['#...#\n#...#\n#..!#\n#####', 'a coin at the end (!) and a counterpart elsewhere (?)'],
    ['#...#\n#...#\n#?!!#\n#####', 'line 3, column 4: a second !'],
    ['#..$#\n#...#\n#?.!#\n#####', 'line 1, column 4: the top row can only hold air'],
    ['#...#\n##..#\n#?.!#\n#####', 'line 2, column 2: the agent starts here'],
  ])('%j is refused: %s', (drawing, message) => {
    expect(() => parseLevel(drawing)).toThrow(message)
  })
})

test('saves the state of floating-point numbers bit for bit', () => {
  const level = coinrun.distributions[0].sample(
    coinrunParameters.parse({ difficulty: 3, walkers: true }),
    createStream(2).at(3),
  )
  const simulator = createCoinrunSimulator(defaults, 1)
  simulator.reset(0, level)
  for (const action of [right, right, jump + 1, right, left]) simulator.step(Uint8Array.of(action))
  const [state] = simulator.saveState()
  const { bodies, walkers } = simulator.episodes
  const words = new Float64Array(state.slice(4 * 10, 4 * 10 + 8 * 4).buffer)
  expect([...words]).toEqual([bodies.x[0], bodies.y[0], bodies.vx[0], bodies.vy[0]])
  const other = createCoinrunSimulator(defaults, 1)
  other.restoreState([level], [state])
  expect(other.episodes.bodies).toEqual(bodies)
  expect(other.episodes.walkers.x.slice(0, level.walkers.length)).toEqual(walkers.x.slice(0, level.walkers.length))
})

test('a level of any shape is shrunk in both directions to what the condition needs', () => {
  const level = coinrun.distributions[1].sample(defaults, createStream(4).at(1))
  // The end can be reached without the coin.
  const keeps = ({ parameters, level: candidate }: { parameters: typeof defaults; level: CoinrunLevel }) =>
    (coinrun.solve?.(parameters, candidate).optimalReturns[1] ?? 0) > 0
  const shrunk = shrinkLevel(coinrun, { parameters: defaults, level, keeps })
  expect(keeps({ parameters: defaults, level: shrunk.level })).toBe(true)
  expect(shrunk.level.width).toBeLessThan(level.width)
  expect(shrunk.level.height).toBeLessThan(level.height)
  expect(printLevel(shrunk.level)).not.toMatch(/[x~^<>|]/)
})

test('levels of α = 0 and α = 1 from the same numbers differ only in which coin is visible', () => {
  const stream = createStream(5).named('levels')
  for (let i = 0; i < 200; i++) {
    const [end, anywhere] = [0, 1].map((alpha) =>
      sampleMixture(
        { environment: coinrun, parameters: coinrunParameters.parse({ difficulty: 3, walkers: true }), alpha },
        stream,
        i,
      ),
    )
    const swapped = { ...end, coin: end.counterpart, counterpart: end.coin, coinAtEnd: false }
    expect(anywhere).toEqual(swapped)
  }
})

test.each([0.3, 1])(
  'with ledges %d, that share of the coins of `anywhere` lies above the ground of its section',
  (ledges) => {
    const [, anywhere] = coinrun.distributions
    const stream = createStream(7)
    const count = 1000
    const raised = Array.from({ length: count }, (_, i) => {
      const level = anywhere.sample(coinrunParameters.parse({ ledges }), stream.at(i))
      const below = level.coin - level.width
      return level.tiles[below] === tile.wall && level.tiles[below - level.width] !== tile.wall
    }).filter(Boolean).length
    // Four standard errors.
    const tolerance = 4 * Math.sqrt((ledges * (1 - ledges)) / count)
    expect(Math.abs(raised / count - ledges)).toBeLessThanOrEqual(tolerance)
  },
)

test('in every generated level the agent has room at its start, between walls', () => {
  for (const distribution of coinrun.distributions)
    for (let i = 0; i < 200; i++) {
      const level = distribution.sample(coinrunParameters.parse({ difficulty: 3 }), createStream(6).at(i))
      const simulator = createCoinrunSimulator(defaults, 1)
      simulator.reset(0, level)
      simulator.step(Uint8Array.of(wait))
      expect(simulator.episodes.bodies.x[0]).toBe(1 + halfWidth)
      expect(simulator.episodes.bodies.y[0]).toBeCloseTo(1 + halfHeight, 12)
      expect(simulator.terminated[0]).toBe(0)
    }
})
