import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { listCandidates } from './candidates.ts'
import { createOpenLoopPolicy } from './create-open-loop-policy.ts'
import { describeOpenLoop } from './describe-open-loop.ts'
import { neighboursOf } from './neighbours.ts'

const actions = ['up', 'left', 'down', 'right']
const all = [0, 1, 2, 3]
const hold = { cycle: [0, 0, 1].map((action) => all.map((candidate) => (candidate === action ? 1 : 0))) }

function act(policy: Parameters<typeof createOpenLoopPolicy>[0], steps: number[], uniform: (slot: number) => number) {
  const chosen = new Uint8Array(steps.length)
  void createOpenLoopPolicy(policy, { batch: steps.length, steps: Int32Array.from(steps) }).act(
    new Uint8Array(0),
    chosen,
    uniform,
  )
  return [...chosen]
}

test('every slot has the phase of its own episode, and certain actions draw no number', () => {
  const refuse = () => {
    throw new Error('a number was drawn')
  }
  expect(act(hold, [0, 1, 2, 3, 4, 5], refuse)).toEqual([0, 0, 1, 0, 0, 1])
})

test('actions have the frequencies of their distribution', () => {
  const stream = createStream(4)
  const count = 40_000
  const drawn = act(
    { cycle: [[0.5, 0.375, 0, 0.125]] },
    Array.from({ length: count }, () => 0),
    (slot) => stream.uniform(slot),
  )
  const shares = all.map((action) => drawn.filter((one) => one === action).length / count)
  for (const [action, share] of [0.5, 0.375, 0, 0.125].entries()) expect(shares[action]).toBeCloseTo(share, 2)
})

test('a number above the rounded sum gives the last possible action', () => {
  expect(act({ cycle: [[0.1, 0.2, 0.7 - 1e-15, 0]] }, [0], () => 1 - 2 ** -53)).toEqual([2])
})

test.each([
  [[[0.5, 0.5, 0, 0]], 'up .5, left .5'],
  [[[0.125, 0.875, 0, 0]], 'left .875, up .125'],
  [[[0, 0, 0, 1]], 'right'],
  [[[0.25, 0.25, 0.25, 0.25]], 'every action alike'],
  [hold.cycle, 'up ×2, then left, repeated'],
  [[[0.75, 0, 0, 0.25], hold.cycle[2]], '(up .75, right .25), then left, repeated'],
])('%j is called %s', (cycle, expected) => {
  expect(describeOpenLoop({ cycle }, actions)).toBe(expected)
})

test('candidates start with the uniform policy and include constants in quarters and one rotation of each cycle', () => {
  const texts = listCandidates(all, 4).map(({ cycle }) => JSON.stringify(cycle))
  expect(texts[0]).toBe(JSON.stringify([[0.25, 0.25, 0.25, 0.25]]))
  expect(texts).toContain(JSON.stringify([[0.5, 0.25, 0.25, 0]]))
  expect(texts).toContain(JSON.stringify(hold.cycle))
  for (const rotated of [
    [hold.cycle[1], hold.cycle[2], hold.cycle[0]],
    [hold.cycle[2], hold.cycle[0], hold.cycle[1]],
  ])
    expect(texts).not.toContain(JSON.stringify(rotated))
  expect(new Set(texts.slice(1)).size).toBe(texts.length - 1)
})

test.each([1, 2, 3, 4, 5, 6])('with %i actions there are few enough candidates to play them all', (count) => {
  const alphabet = Array.from({ length: count }, (_, action) => action)
  expect(listCandidates(alphabet, count).length).toBeLessThan(300)
})

test('neighbours are distributions again, and change every step of a run together', () => {
  const found = neighboursOf(hold, all)
  for (const { cycle } of found)
    for (const step of cycle) {
      expect(step.reduce((sum, probability) => sum + probability)).toBeCloseTo(1, 12)
      expect(Math.min(...step)).toBeGreaterThanOrEqual(0)
    }
  const moved = [0.875, 0.125, 0, 0]
  expect(found).toContainEqual({ cycle: [moved, moved, hold.cycle[2]] })
  expect(found).toContainEqual({ cycle: [hold.cycle[2], hold.cycle[0], hold.cycle[0]] })
})
