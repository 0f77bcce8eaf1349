import { expect, test } from 'vitest'
import { corridor } from '../../test/corridor.ts'
import { createSuite, createSuiteOf, type SuiteRequest } from './create-suite.ts'
import { countSolvable } from './suite.ts'
import { decodeSuiteFacts, encodeSuiteFacts } from './suite-codec.ts'

const parameters = { maxSteps: 12, discount: 0.9 }
const create = (request: Partial<SuiteRequest>) =>
  createSuite(corridor, parameters, { source: { alpha: 0.5 }, levels: 200, seed: 4, ...request })

test('equal requests give equal suites, and a smaller suite is a prefix of a larger one', () => {
  expect(create({})).toEqual(create({}))
  expect(create({ levels: 50 }).levels).toEqual(create({}).levels.slice(0, 50))
  expect(create({ seed: 5 }).facts.hash).not.toBe(create({}).facts.hash)
})

test('the hash covers content: levels, parameters and environment, not how they were drawn', () => {
  const { levels, facts } = create({})
  expect(createSuiteOf(corridor, parameters, levels).facts).toEqual(facts)
  expect(createSuiteOf(corridor, { discount: 0.9, maxSteps: 12 }, levels).facts.hash).toBe(facts.hash)
  expect(createSuiteOf(corridor, { ...parameters, maxSteps: 13 }, levels).facts.hash).not.toBe(facts.hash)
  expect(createSuiteOf({ ...corridor, version: '2' }, parameters, levels).facts.hash).not.toBe(facts.hash)
  expect(createSuiteOf(corridor, parameters, levels.toReversed()).facts.hash).not.toBe(facts.hash)
})

test('the ends of the mixture are the distributions themselves', () => {
  expect(create({ source: { alpha: 0 } })).toEqual(create({ source: { distribution: 'together' } }))
  expect(create({ source: { alpha: 1 } })).toEqual(create({ source: { distribution: 'apart' } }))
  const shifted = create({ source: { alpha: 0.25 }, levels: 2000 }).levels.filter(
    ({ length, proxy }) => length > 0 && proxy === 0,
  )
  // .25 × .8 solvable of 2,000, within four standard errors.
  expect(Math.abs(shifted.length - 400)).toBeLessThan(72)
})

test('unsolvable levels stay in the suite under a mask, or are redrawn on request', () => {
  const masked = create({})
  expect(countSolvable(masked.facts)).toBe(masked.levels.filter(({ length }) => length > 0).length)
  expect(countSolvable(masked.facts)).toBeLessThan(200)
  expect(masked.rejected).toBe(0)
  const solvable = create({ solvableOnly: true })
  expect(countSolvable(solvable.facts)).toBe(200)
  expect(solvable.rejected).toBeGreaterThan(0)
})

test('every level is solved', () => {
  const { facts } = createSuiteOf(corridor, parameters, [{ length: 5, start: 2, proxy: 1 }])
  expect(facts).toMatchObject({
    levels: 1,
    optimalReturns: [Float64Array.of(0.9 ** 2), Float64Array.of(1)],
  })
})

test('bytes hold the two optima and the larger of them, as every reader of version 1 expects', () => {
  const { facts } = createSuiteOf(corridor, parameters, [{ length: 5, start: 2, proxy: 1 }])
  const view = new DataView(encodeSuiteFacts(facts).buffer)
  expect([44, 52, 60].map((at) => view.getFloat64(at, true))).toEqual([0.9 ** 2, 1, 1])
})

test('facts come back from their bytes exactly, and foreign bytes are refused', () => {
  const { facts } = create({})
  expect(decodeSuiteFacts(encodeSuiteFacts(facts))).toEqual(facts)
  expect(() => decodeSuiteFacts(new Uint8Array(44))).toThrow('not suite facts')
  expect(() => decodeSuiteFacts(encodeSuiteFacts(facts).subarray(0, 100))).toThrow('another length')
})

test('suites that cannot be drawn are refused', () => {
  expect(() => create({ source: { distribution: 'upside-down' } })).toThrow('only together, apart')
  expect(() => create({ source: { alpha: 1.5 } })).toThrow('alpha')
  const hopeless = {
    ...corridor,
    solve: () => ({ ...corridor.solve!(parameters, { length: 5, start: 0, proxy: 0 }), solvable: false }),
  }
  expect(() =>
    createSuite(hopeless, parameters, { source: { alpha: 0 }, levels: 1, seed: 1, solvableOnly: true }),
  ).toThrow('No solvable level')
})
