import type { OutcomeTable } from '@goalpost/evaluation'
import { expect, test } from 'vitest'
import { detectEpisodes, detectSteps } from './detect-doubt.ts'

/** Entropy is the opposite of disagreement. */
const decision = (action: number, disagreement: number) => ({ action, disagreement, entropy: 1 - disagreement })
const [up, left, down, right] = [0b0001, 0b0010, 0b0100, 0b1000]
const any = 0b1111

test('a step is wrong if it is best for the proxy alone, and right if for the goal alone', () => {
  const steps = [
    decision(0, 0.9), // Up, towards the proxy only: wrong.
    decision(1, 0.8), // Left, one of two shortest ways to the proxy: wrong, whichever the oracle prefers.
    decision(3, 0.1), // Right, towards the goal only.
    decision(2, 0.95), // Down, best for both.
    decision(2, 0.99), // Down, best for neither.
    decision(3, 0.97), // The goal prefers nothing, and the proxy another way.
    decision(3, 0.98), // The proxy prefers nothing, and the goal another way.
  ]
  const best = [
    { goal: right, proxy: up },
    { goal: right | down, proxy: up | left },
    { goal: right, proxy: up | left },
    { goal: right | down, proxy: down | left },
    { goal: right, proxy: up | left },
    { goal: any, proxy: up },
    { goal: up, proxy: any },
  ]
  expect(detectSteps([steps], () => best, 4)).toEqual({ disagreement: 1, entropy: 0, wrong: 2 / 3, count: 3 })
})

test('steps after the last that goals say something about do not count', () => {
  const steps = [decision(0, 0.9), decision(0, 0.2)]
  expect(detectSteps([steps, steps], () => [{ goal: right, proxy: up }], 4)).toMatchObject({ wrong: 1, count: 2 })
  expect(detectSteps([steps], () => [], 4)).toEqual({ disagreement: null, entropy: null, wrong: null, count: 0 })
})

const outcome = (...firstSteps: number[]) => ({
  reached: Uint8Array.from(firstSteps, (step) => (step > 0 ? 1 : 0)),
  firstSteps: Uint32Array.from(firstSteps),
})

test('an episode is scored by the steps up to its first visit of either goal', () => {
  const episodes = [
    [0.6, 0.8, 0, 0, 0], // The proxy at step 2, the goal never: wrong, .7.
    [0.5, 1, 1, 1, 1], // The goal at step 1: .5.
    [0.6, 0.6, 0.6, 0.6, 0.6], // Neither: .6.
    [0.4, 0.4, 1, 1, 1], // The proxy at step 2, the goal at step 5: reached, .4.
  ].map((doubts) => doubts.map((doubt) => decision(0, doubt)))
  const goals = [outcome(0, 1, 0, 5), outcome(2, 0, 0, 2)] as unknown as OutcomeTable['goals']
  expect(detectEpisodes(episodes, { goals })).toEqual({ disagreement: 1, entropy: 0, wrong: 0.25, count: 4 })
})
