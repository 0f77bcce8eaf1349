import { expect, test } from 'vitest'
import type { Simulator } from '../environment.ts'
import type { Paint } from './canvas.ts'
import { observeAsPixels, pixelObservation, type TileSet } from './tile-view.ts'

const dark: Paint = { thing: 'floor', rgb: [1, 1, 1] }
const paint = (red: number): Paint => ({ thing: 'goal', rgb: [red, 0, 0] })

/** Channels: wall, left half, right half. */
const tiles: TileSet = {
  side: 3,
  channels: 3,
  background: dark,
  grounds: [{ channel: 0, tile: (canvas, x, y) => canvas.rectangle(paint(10), x, y, 1, 1) }],
  things: [
    { channel: 1, tile: (canvas, x, y) => canvas.rectangle(paint(20), x, y, 0.5, 1) },
    { channel: 2, tile: (canvas, x, y) => canvas.rectangle(paint(30), x + 0.5, y, 0.5, 1) },
  ],
}

/** Two episodes whose symbols `show` writes into. */
function observe(show: (symbols: Uint8Array) => void) {
  const observations = new Uint8Array(2 * 27)
  const symbolic: Simulator<null> = {
    batch: 2,
    observations,
    goalRewards: [new Float32Array(2), new Float32Array(2)],
    terminated: new Uint8Array(2),
    truncated: new Uint8Array(2),
    steps: new Int32Array(2),
    counters: new Int32Array(0),
    reset: () => show(observations),
    step: () => show(observations),
    saveState: () => [],
    restoreState: () => show(observations),
  }
  const seen = observeAsPixels(symbolic, tiles)
  const red = (slot: number, row: number, column: number) => seen.observations[((slot * 64 + row) * 64 + column) * 3]
  return { seen, red, observations }
}

const at = (slot: number, cell: number, channel: number) => slot * 27 + cell * 3 + channel

test('a cell shows its ground and, on top, the first thing that is set', () => {
  const { seen, red } = observe((symbols) => {
    for (const place of [at(1, 0, 0), at(1, 0, 1), at(1, 0, 2), at(1, 8, 2)]) symbols[place] = 1
  })
  expect(seen.observations).toHaveLength(2 * 64 * 64 * 3)
  expect(pixelObservation.shape).toEqual([64, 64, 3])
  seen.reset(1, null)
  // Cells are 21, 22 and 21 pixels wide.
  expect([red(1, 0, 0), red(1, 20, 10), red(1, 20, 11), red(1, 20, 20), red(1, 20, 21), red(1, 21, 20)]).toEqual([
    20, 20, 10, 10, 1, 1,
  ])
  expect([red(1, 43, 43), red(1, 43, 52), red(1, 43, 53), red(1, 63, 63)]).toEqual([1, 1, 30, 30])
  expect(red(0, 0, 0)).toBe(0)
})

test.each(['reset', 'step', 'restoreState'] as const)('a change is drawn after %s', (how) => {
  let set = 0
  const { seen, red } = observe((symbols) => {
    symbols[at(0, 4, 1)] = set
  })
  seen.reset(0, null)
  seen.reset(1, null)
  expect(red(0, 30, 22)).toBe(1)
  set = 1
  if (how === 'reset') seen.reset(0, null)
  if (how === 'step') seen.step(new Uint8Array(2))
  if (how === 'restoreState') seen.restoreState([null, null], [])
  expect(red(0, 30, 22)).toBe(20)
  expect(red(1, 30, 22)).toBe(1)
})
