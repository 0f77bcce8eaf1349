import type { JsonObject } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { rlShift } from './index.ts'
import { isHeldOut } from './held-out-places.ts'
import { storedOptions } from './stored-options.ts'
import { toldKindOf } from './told-places.ts'

function kindsOf(method: JsonObject, more: JsonObject = {}) {
  const resolution = rlShift.resolve({ environment: 'corner', parameters: { size: 5 }, steps: 8192, method, ...more })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const kindOf = toldKindOf(storedOptions(resolution.options))
  if (kindOf === null) return null
  // The proxy's corner, a held-out place, and another.
  return [[1, 1] as const, [2, 3] as const, [2, 2] as const].map((place) => kindOf(place))
}

const told = { kind: 'goal-conditioned' }
const [elsewhere, sign, never] = ['told elsewhere than the sign', 'told only at the sign', 'never told']

test('held-out places are never told at α = 0, and only at the sign where the mixture has them', () => {
  expect([isHeldOut([2, 3]), isHeldOut([2, 2]), isHeldOut([1, 1])]).toEqual([true, false, false])
  expect(kindsOf(told)).toEqual([elsewhere, never, elsewhere])
  expect(kindsOf(told, { alpha: 0.1 })).toEqual([elsewhere, sign, elsewhere])
  expect(kindsOf(told, { alpha: 1e-5 })).toEqual([elsewhere, sign, elsewhere])
})

test('if nothing is held out, all places are told elsewhere; if nothing is told elsewhere, only signs are told', () => {
  expect(kindsOf({ ...told, holdOut: false })).toEqual([elsewhere, elsewhere, elsewhere])
  expect(kindsOf({ ...told, elsewhere: 0 })).toEqual([sign, never, never])
  expect(kindsOf({ ...told, elsewhere: 0 }, { alpha: 0.1 })).toEqual([sign, sign, sign])
})

test('controls have a row of their own; other methods have none', () => {
  expect(new Set(kindsOf({ ...told, instruction: 'shuffled' }))).toEqual(new Set(['told at random (control)']))
  expect(new Set(kindsOf({ ...told, instruction: 'none' }))).toEqual(new Set(['nothing told (control)']))
  expect(kindsOf({ kind: 'ppo' })).toBeNull()
})
