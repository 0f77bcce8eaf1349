import { expect, test } from 'vitest'
import { halfHeight } from './body.ts'
import { parseLevel } from './level-text.ts'
import { coinrunParameters } from './parameters.ts'
import { createCoinrunSimulator } from './simulator.ts'

const [left, wait, right, jump, jumpRight] = [0, 1, 2, 4, 5]

const plain = `
#..........................#
#..........................#
#..........................#
#..........................#
#..........................#
#..........................#
#..........................#
#..........................#
#..........................#
#..........................#
#?.......................!.#
############################
`

type Start = { readonly x?: number; readonly y?: number; readonly vx?: number; readonly vy?: number }

/** The agent's state after each action. */
function walk(drawing: string, actions: readonly number[], { x, y, vx, vy }: Start = {}) {
  const simulator = createCoinrunSimulator(coinrunParameters.parse({}), 1)
  simulator.reset(0, parseLevel(drawing))
  const { bodies } = simulator.episodes
  bodies.x[0] = x ?? bodies.x[0]
  bodies.y[0] = y === undefined ? bodies.y[0] : y + halfHeight
  bodies.vx[0] = vx ?? 0
  bodies.vy[0] = vy ?? 0
  if (vy !== undefined) bodies.supported[0] = 0
  return actions.map((action) => {
    simulator.step(Uint8Array.of(action))
    return {
      x: bodies.x[0],
      /** Of its feet. */
      y: bodies.y[0] - halfHeight,
      vx: bodies.vx[0],
      vy: bodies.vy[0],
      supported: bodies.supported[0] === 1,
    }
  })
}

const times = (count: number, action: number) => Array.from({ length: count }, () => action)
const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 1e6) / 1e6)

test('a jump rises by 1.5, 1.3, … .1 cells: 6.4 in eight steps, and comes down as fast', () => {
  const states = walk(plain, [jump, ...times(16, wait)])
  const rises = [1.5, 2.8, 3.9, 4.8, 5.5, 6, 6.3, 6.4, 6.3, 6, 5.5, 4.8, 3.9, 2.8, 1.5, 0, 0]
  expect(rounded(states.map(({ y }) => y - 1))).toEqual(rises)
  // It has come down exactly to the ground, which stops it only in the next step.
  expect(rounded([states[15].vy, states[16].vy])).toEqual([-1.5, 0])
  expect(states.map(({ supported }) => supported).indexOf(true)).toBe(16)
})

test('on the ground a fifth of the way to .5 cells a step is made up in every step: 8.02 cells in 20 steps from rest', () => {
  const states = walk(plain, times(20, right))
  expect(rounded(states.slice(0, 4).map(({ vx }) => vx))).toEqual([0.1, 0.18, 0.244, 0.2952])
  expect(states[19].x).toBeCloseTo(1.5 + 10 - 2 * (1 - 0.8 ** 20), 9)
  expect(states[19].x - 1.5).toBeCloseTo(8.02, 2)
})

test('without an action it slides, a fifth slower in every step, and stops below .1', () => {
  const states = walk(plain, times(9, wait), { vx: 0.5 })
  expect(rounded(states.map(({ vx }) => vx))).toEqual(
    rounded([0.4, 0.32, 0.256, 0.2048, 0.16384, 0.131072, 0.1048576, 0, 0]),
  )
})

test('in the air only three per cent of the difference is made up', () => {
  // It takes off with the mix of the ground.
  const states = walk(plain, [jumpRight, right, right, left])
  expect(rounded(states.map(({ vx }) => vx))).toEqual(
    rounded([0.1, 0.97 * 0.1 + 0.015, 0.97 * 0.112 + 0.015, 0.97 * 0.12364 - 0.015]),
  )
})

test('it jumps only off something: not twice in the air', () => {
  const once = walk(plain, [jump, ...times(6, wait)])
  const always = walk(plain, times(7, jump))
  expect(always).toEqual(once)
})

test('a wall stops it flush, and takes its speed by the share of the step that was blocked', () => {
  const wall = plain.replace('#?....', '#?..#.')
  const states = walk(wall, times(4, right), { x: 3, vx: 0.5 })
  // The wall begins at 4: 3.5 is as far as it gets, after all four parts of the first step.
  expect(rounded(states.map(({ x }) => x))).toEqual([3.5, 3.5, 3.5, 3.5])
  expect(rounded(states.map(({ vx }) => vx))).toEqual([0.5, 0, 0, 0])
})

test('a ceiling stops its head, and it falls', () => {
  const roofed = `
    #........#
    #........#
    ####.....#
    #........#
    #........#
    #?......!#
    ##########
  `
  const states = walk(roofed, [jump, wait, wait])
  // The roof is at 4. Its feet rise by 1.5, then by 1.3 in five parts of .26, of which one is free: a fifth of 1.3 is left.
  expect(states[1].y).toBeCloseTo(4 - 2 * halfHeight, 9)
  expect(states[1].vy).toBeCloseTo(1.3 / 5, 9)
  expect(states[2].vy).toBeCloseTo(0, 9)
})

const crates = plain.replace('#?....', '#?..x.')

test('a crate holds what falls on it, and gives it a footing', () => {
  const states = walk(crates, times(6, wait), { x: 4.5, y: 2.5, vy: 0 })
  expect(rounded(states.map(({ y }) => y))).toEqual([2.3, 2, 2, 2, 2, 2])
  expect(states.map(({ supported }) => supported)).toEqual([false, true, true, true, true, true])
  const up = walk(crates, [wait, wait, jump], { x: 4.5, y: 2.5, vy: 0 })
  expect(up[2].y).toBeCloseTo(3.5, 9)
})

test('a crate is no obstacle from the side or from below', () => {
  const across = walk(crates, times(30, right))
  expect(across[29].x).toBeGreaterThan(10)
  expect(across.every(({ y }) => Math.abs(y - 1) < 1e-9)).toBe(true)
  // Its feet are below the top of the crate, so that it falls through.
  expect(walk(crates, times(4, wait), { x: 4.5, y: 1.6, vy: 0 })[3].y).toBeCloseTo(1, 9)
  const high = `
    #......#
    #......#
    #......#
    #x.....#
    #?....!#
    ########
  `
  expect(walk(high, [jump, wait])[1].y).toBeCloseTo(3.8, 9)
})

test('it gets over seven cells with a running start, and not over nine', () => {
  const pit = (width: number) => {
    const air = `#${'.'.repeat(26)}#\n`
    const floor = `#..${'#'.repeat(9)}${'.'.repeat(width)}${'#'.repeat(16 - width)}\n`
    return `${air.repeat(9)}#...?...................!..#\n${floor}${floor}${'#'.repeat(28)}`
  }
  const fliesOver = (width: number) => {
    // The last moment to jump is when its left side is still over the edge.
    const states = walk(pit(width), [jumpRight, ...times(20, right)], { x: 12.4, y: 3, vx: 0.5 })
    return states.some(({ x, y, supported }) => supported && y >= 3 - 1e-9 && x > 12.5 + width - 1)
  }
  expect([fliesOver(7), fliesOver(9)]).toEqual([true, false])
})

test('corners count at 98 % of the half sides: it falls past an edge that it overlaps by less than .01', () => {
  const ledge = `
    #......#
    #......#
    #..#...#
    #?....!#
    ########
  `
  // The ledge ends at 4; standing at x = 4.5 − .008 its box overlaps it by .008.
  const falls = walk(ledge, times(4, wait), { x: 4.492, y: 3, vy: 0 })
  const lands = walk(ledge, times(4, wait), { x: 4.488, y: 3.1, vy: 0 })
  expect(falls[3].y).toBeLessThan(2)
  expect(rounded([lands[3].y])).toEqual([3])
})
