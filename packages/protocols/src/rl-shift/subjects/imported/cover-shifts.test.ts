import type { JsonObject } from '@goalpost/contracts'
import { environments } from '@goalpost/environments'
import { describe, expect, test } from 'vitest'
import { rlShift } from '../../index.ts'
import { coverShifts } from './cover-shifts.ts'

const policy = { onnx: 'a'.repeat(64) }

function cover(options: JsonObject) {
  const resolved = rlShift.resolve({ policy, ...options })
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.issues))
  return coverShifts(resolved.options)
}

const training = { name: 'same', role: 'in-distribution' }
const shifted = (shift: string) => ({ name: 'other', role: 'shifted', shift, levels: 64, seed: 3 })
/** The world of this name is never reset. */
const limitOf = (name: string): JsonObject => (name === 'tree-gridworld' ? { parameters: { maxSteps: 32 } } : {})

const worlds = [...environments.values()].filter(({ shifts }) => shifts.length > 0)
describe.each(worlds)('$name', ({ name, shifts }) => {
  test.each(shifts.map((shift) => shift.name))('a suite with the shift %s is found to test it', (shift) => {
    const suites = [training, shifted(shift)].map((suite) => ({ ...suite, ...limitOf(name) }))
    const { known, tests } = cover({ environment: name, suites })
    expect(known.map((each) => each.name)).toEqual(shifts.map((each) => `${name}: ${each.name}`))
    expect(tests[1]).toMatchObject({ shift: `${name}: ${shift}`, set: { name: 'other', units: 64, seed: 3 } })
  })
})

test('a suite as in training tests no shift, and a world that only the spec defines has a name of its own', () => {
  const own = { name: 'large', role: 'shifted', distribution: 'distinguishing', parameters: { size: 9 } }
  const [first, second] = cover({
    environment: 'corner',
    suites: [
      { name: 'same', role: 'in-distribution' },
      { ...own, observation: 'flip-vertical' },
    ],
  }).tests
  expect([first?.shift, second?.shift]).toEqual(['corner: as in training', 'corner: large'])
})

test('suites of equal levels in worlds of equal parameters are the same units', () => {
  const keyOf = (options: JsonObject) =>
    cover({ environment: 'corner', suites: [training, shifted('distinguishing')], ...options }).tests[1]?.key
  expect(keyOf({})).toBe(keyOf({ evaluation: { recorded: 0 } }))
  expect(keyOf({ parameters: { size: 9 } })).not.toBe(keyOf({}))
})
