import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { bisect, type BisectSettings, type Probe } from './bisect.ts'
import { findOnset, type OnsetPoint } from './onset.ts'

const settings = { first: 64, factor: 4, budget: 1_024 }

/** Probes as the search asks for, with the given answers; every answer costs one evaluation. */
function search(
  range: Pick<BisectSettings, 'good' | 'bad' | 'versions'>,
  answer: (version: number, units: number) => Probe['state'],
) {
  const probes: Probe[] = []
  for (;;) {
    const step = bisect({ ...settings, ...range }, probes)
    if (step.type === 'found') return { ...step, evaluations: probes.length }
    probes.push({ version: step.version, units: step.units, state: answer(step.version, step.units) })
  }
}

describe('the first bad version is found', () => {
  test('wherever it is, as by testing each, in logarithmically many evaluations', () => {
    for (const bad of [1, 2, 3, 10, 33, 100])
      for (let first = 1; first <= bad; first++) {
        const found = search({ good: 0, bad }, (version) => (version >= first ? 'bad' : 'good'))
        expect(found).toMatchObject({ lastGood: first - 1, candidates: [first] })
        expect(found.evaluations).toBeLessThanOrEqual(Math.ceil(Math.log2(bad)) + 1)
      }
  })

  test('among versions with gaps', () => {
    const versions = [12, 15, 16, 22, 23, 40]
    const found = search({ good: 12, bad: 40, versions }, (version) => (version >= 22 ? 'bad' : 'good'))
    expect(found).toMatchObject({ lastGood: 16, candidates: [22] })
  })
})

describe('where the interval reaches across the line', () => {
  test('the version is tested again with more levels', () => {
    const seen: number[] = []
    const found = search({ good: 0, bad: 8 }, (version, units) => {
      if (version === 4) seen.push(units)
      return version === 4 && units < 1_024 ? 'open' : version >= 4 ? 'bad' : 'good'
    })
    expect(seen).toEqual([64, 256, 1_024])
    expect(found.candidates).toEqual([4])
  })

  test('beyond the budget its neighbours are tested, and it remains a candidate', () => {
    const found = search({ good: 0, bad: 9 }, (version) =>
      version === 4 || version === 5 ? 'open' : version > 5 ? 'bad' : 'good',
    )
    expect(found).toMatchObject({ lastGood: 3, candidates: [4, 5, 6] })
  })

  test('a noisy answer is right in at least .95 of searches if each probe errs with .05 / probes', () => {
    const random = createStream(1).named('noise').at(0)
    const tries = 1_000
    let right = 0
    for (let i = 0; i < tries; i++) {
      const first = 1 + random.integer(63)
      const error = 0.05 / 6
      const found = search({ good: 0, bad: 64 }, (version) => {
        const truth = version >= first
        return (random.uniform() < error ? !truth : truth) ? 'bad' : 'good'
      })
      if (found.candidates.length === 1 && found.candidates[0] === first) right += 1
    }
    expect(right / tries).toBeGreaterThan(0.95 - 0.02)
  })
})

test('good must come before bad', () => {
  expect(() => bisect({ ...settings, good: 5, bad: 5 }, [])).toThrow('before')
})

test('the onset is where the violation began that still holds', () => {
  const points = (states: string): OnsetPoint[] =>
    Array.from(states, (state, index) => ({
      version: index + 1,
      step: null,
      value: 0,
      low: 0,
      high: 0,
      state: state === 'g' ? 'holds' : state === 'b' ? 'violated' : 'open',
    }))
  expect(findOnset(points('ggobb'))).toEqual({ lastGood: 2, firstBad: 4 })
  expect(findOnset(points('gbgg'))).toEqual({ lastGood: 4, firstBad: null })
  expect(findOnset(points('bb'))).toEqual({ lastGood: null, firstBad: 1 })
  expect(findOnset(points('gbobo').toReversed())).toEqual({ lastGood: 1, firstBad: 2 })
})
