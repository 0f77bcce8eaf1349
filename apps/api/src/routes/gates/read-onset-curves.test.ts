import type { GateView } from '@goalpost/contracts'
import type { GateStore, JudgedVersion } from '@goalpost/experiments'
import { expect, test, vi } from 'vitest'
import { readOnsetCurves } from './read-onset-curves.ts'

const rule = { kind: 'absolute', name: 'r', condition: 'c', measure: 'm', atLeast: 0.5, severity: 'fail' } as const
const gate = { spec: { spec: { protocol: 'toy' }, rules: [rule] } }

function judged(version: number, lastGood: number): JudgedVersion {
  const value = version <= lastGood ? 0.2 : -0.2
  const difference = { value, low: value - 0.1, high: value + 0.1, level: 0.95 }
  const state = version <= lastGood ? 'holds' : 'violated'
  return {
    version,
    step: null,
    judgements: [{ rule: 'r', state, reason: '', difference, units: 8, unitsNeeded: null }],
  }
}

/** A gate that has tested 5,000 versions, of which the first ones are good. */
async function read(lastGood: number, until?: number) {
  const all = Array.from({ length: 5_000 }, (_, index) => judged(index + 1, lastGood))
  const judgedVersions = vi.fn<GateStore['judgedVersions']>(async (_, __, query) =>
    all.filter(({ version }) => version <= (query.until ?? Infinity)).slice(-query.limit),
  )
  const onset = vi.fn<GateStore['onset']>(async () => ({ lastGood: lastGood || null, firstBad: lastGood + 1 }))
  const get = async () => gate as unknown as GateView
  const gates = { get, judgedVersions, onset } as unknown as GateStore
  const which = { workspaceId: 'w', name: 'g', ...(until === undefined ? {} : { until }) }
  const [curve] = await readOnsetCurves({ gates, protocols: new Map() }, which)
  return { curve: curve!, searches: onset.mock.calls, reads: judgedVersions.mock.calls.length }
}

test('reads only the newest versions if the rule was kept by one of them', async () => {
  const { curve, searches, reads } = await read(4_900)
  expect([searches, reads]).toEqual([[], 1])
  expect(curve).toMatchObject({ lastGood: 4_900, firstBad: 4_901, leftOut: true, points: { length: 300 } })
})

test.each([4_000, 0])('searches for the onset alone if all of them violate the rule (last good: %i)', async (last) => {
  const { curve, searches, reads } = await read(last)
  expect([searches, reads]).toEqual([[['w', 'g', { rule: 'r', until: 5_000 }]], 1])
  expect(curve).toMatchObject({ lastGood: last || null, firstBad: last + 1, leftOut: true, points: { length: 300 } })
})

test('searches for nothing if there are no older versions', async () => {
  const { curve, searches } = await read(0, 200)
  expect(searches).toEqual([])
  expect(curve).toMatchObject({ lastGood: null, firstBad: 1, leftOut: false, points: { length: 200 } })
})

test('up to a version, nothing is known of later ones', async () => {
  const { curve } = await read(100, 50)
  expect(curve).toMatchObject({ lastGood: 50, firstBad: null, leftOut: false, points: { length: 50 } })
})
