import { gateSpec, type GateSpecInput } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { checkGate } from './check-gate.ts'

const asBefore = (alias: string, name = 'as-before') =>
  ({ kind: 'baseline', name, condition: 'c', measure: 'm', against: { alias }, margin: 0.05 }) as const
const gate = (given: Partial<GateSpecInput>) =>
  checkGate(
    gateSpec.parse({
      apiVersion: 'goalpost/v1',
      name: 'nightly',
      model: 'mouse',
      spec: {},
      rules: [asBefore('production')],
      ...given,
    }),
  )

test('a gate of one rule is complete: every new version is tested with the default stages', () => {
  expect(gate({})).toEqual([])
  const defaults = gateSpec.parse({
    apiVersion: 'goalpost/v1',
    name: 'nightly',
    model: 'mouse',
    spec: {},
    rules: [asBefore('production')],
  })
  expect(defaults).toMatchObject({
    triggers: [{ on: 'version-registered' }],
    stages: { first: 64, factor: 4, budget: 4_096 },
    statistics: { falseAlarms: 0.05, falsePasses: 0.05 },
  })
})

test('rules have names of their own', () => {
  expect(gate({ rules: [asBefore('production'), asBefore('stable')] })).toMatchObject([
    { pointer: '/rules/1/name', message: 'is the name of rule 1 too' },
  ])
})

test('the subject is left to the runs', () => {
  expect(gate({ spec: { subject: { model: 'mouse' } } })).toEqual([
    {
      pointer: '/spec/subject',
      message: 'is set by each run of the gate, to the version of mouse that it tests',
      remedy: 'Remove it',
    },
  ])
})

test('a version is not compared with itself', () => {
  expect(gate({ rules: [asBefore('latest')] })).toMatchObject([
    { pointer: '/rules/0/against/alias', message: expect.stringContaining('`latest`') },
  ])
  const triggers = [{ on: 'alias-moved' as const, alias: 'candidate' }]
  expect(gate({ triggers, rules: [asBefore('candidate')] })).toMatchObject([
    { pointer: '/rules/0/against/alias', message: expect.stringContaining('compared with itself') },
  ])
  expect(gate({ triggers })).toEqual([])
})

test('no trigger is given twice, in any order of its fields', () => {
  const nightly = { on: 'schedule' as const, cron: '0 3 * * *', timezone: 'UTC' }
  const again = { timezone: 'UTC', cron: '0 3 * * *', on: 'schedule' as const }
  expect(gate({ triggers: [nightly, { ...nightly, cron: '0 4 * * *' }] })).toEqual([])
  expect(gate({ triggers: [nightly, again] })).toMatchObject([
    { pointer: '/triggers/1', message: 'is the same as trigger 1' },
  ])
})

test('a search is refused: its conditions are not the same for all versions', () => {
  const found = gate({ spec: { search: { over: 'rate', between: [0.1, 1], width: 2 } } })
  expect(found).toMatchObject([{ pointer: '/spec/search' }])
})
