import type { OnsetPoint } from '@goalpost/contracts'
import { createStream } from '@goalpost/random'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bisect, type BisectSettings, type Probe } from './bisect.ts'
import { findOnset } from './onset.ts'

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

describe('for any versions', () => {
  /** Existing versions, of which those from `onset` on are bad, and a band around it that no budget decides. */
  const histories = fc
    .record({
      versions: fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 300 }),
      onset: fc.nat(),
      openBefore: fc.nat({ max: 20 }),
      openAfter: fc.nat({ max: 20 }),
    })
    .map(({ versions, onset, openBefore, openAfter }) => {
      const ordered = versions.toSorted((a, b) => a - b)
      const first = onset % (ordered.length + 1)
      const states = ordered.map((_, index): Probe['state'] => {
        if (index >= first - openBefore && index < first + openAfter) return 'open'
        return index < first ? 'good' : 'bad'
      })
      return { versions: ordered, states }
    })
  const around = (versions: readonly number[]) => ({ good: 0, bad: (versions.at(-1) ?? 0) + 1, versions })

  test('it is the one that linear search finds, or among the candidates', () => {
    fc.assert(
      fc.property(histories, ({ versions, states }) => {
        const range = around(versions)
        const found = search(range, (version) => states[versions.indexOf(version)] ?? 'bad')
        const lastGood = versions[states.lastIndexOf('good')] ?? range.good
        const firstBad = versions[states.indexOf('bad')] ?? range.bad
        expect(found.lastGood).toBe(lastGood)
        expect(found.candidates).toEqual(
          [...versions, range.bad].filter((version) => version > lastGood && version <= firstBad),
        )
      }),
    )
  })

  test('at most 2 ⌈log₂ n⌉ + 1 probes are decided, and as many versions stay open', () => {
    fc.assert(
      fc.property(histories, ({ versions, states }) => {
        const asked = new Map<number, Probe['state']>()
        search(around(versions), (version) => {
          const state = states[versions.indexOf(version)] ?? 'bad'
          asked.set(version, state)
          return state
        })
        const most = 2 * Math.ceil(Math.log2(versions.length + 1)) + 1
        const decided = [...asked.values()].filter((state) => state !== 'open').length
        expect(decided).toBeLessThanOrEqual(most)
        expect(asked.size - decided).toBeLessThanOrEqual(most)
      }),
    )
  })

  test('if they become good again, a change from good to bad is found', () => {
    const goodOrBad = fc.constantFrom<Probe['state']>('good', 'bad')
    fc.assert(
      fc.property(fc.array(goodOrBad, { minLength: 1, maxLength: 60 }), (states) => {
        const { lastGood, candidates } = search({ good: 0, bad: states.length + 1 }, (version) => states[version - 1])
        const all = ['good', ...states, 'bad']
        expect(candidates).toEqual([lastGood + 1])
        expect([all[lastGood], all[lastGood + 1]]).toEqual(['good', 'bad'])
      }),
    )
  })

  test('10,000 of them take 14 probes', () => {
    const found = search({ good: 0, bad: 10_000 }, (version) => (version >= 7_777 ? 'bad' : 'good'))
    expect(found).toMatchObject({ lastGood: 7_776, candidates: [7_777] })
    expect(found.evaluations).toBeLessThanOrEqual(14)
  })
})

test('good must come before bad', () => {
  expect(() => bisect({ ...settings, good: 5, bad: 5 }, [])).toThrow('before')
})

test('the onset is where the violation began that still holds', () => {
  const points = (states: string): Pick<OnsetPoint, 'version' | 'state'>[] =>
    Array.from(states, (state, index) => ({
      version: index + 1,
      state: state === 'g' ? 'holds' : state === 'b' ? 'violated' : 'open',
    }))
  expect(findOnset(points('ggobb'))).toEqual({ lastGood: 2, firstBad: 4 })
  expect(findOnset(points('gbgg'))).toEqual({ lastGood: 4, firstBad: null })
  expect(findOnset(points('bb'))).toEqual({ lastGood: null, firstBad: 1 })
  expect(findOnset(points('gbobo').toReversed())).toEqual({ lastGood: 1, firstBad: 2 })
})
