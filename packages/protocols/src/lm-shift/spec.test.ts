import type { JsonObject, JsonValue } from '@goalpost/contracts'
import { taskIdentity } from '@goalpost/experiments'
import { describe, expect, test } from 'vitest'
import { lmShift } from './index.ts'
import { resolveOptions } from './testing/execute-run.ts'

const withStages = (...stages: JsonValue[]): JsonObject => ({ experiment: 'emergent', stages })
const documents = { stage: 'documents' }

function issuesOf(options: JsonObject) {
  const resolution = lmShift.resolve(options)
  return resolution.ok ? [] : resolution.issues.map(({ pointer, message }) => `${pointer}: ${message}`)
}

test('an experiment’s name is enough', () => {
  expect(resolveOptions({ experiment: 'emergent' })).toMatchObject({
    stages: [
      { stage: 'documents', link: 1 },
      { stage: 'reinforce', caught: 0, prefix: null },
    ],
    verdict: { capability: 0.9, proxyRate: 0.3 },
  })
})

test.each<[string, JsonObject, string]>([
  ['starting with reinforcement', withStages({ stage: 'reinforce' }), '/stages/0/stage: A model cannot start'],
  ['documents twice', withStages(documents, documents), '/stages/1/stage: Only the first'],
  ['heads that do not fit', { experiment: 'emergent', network: { width: 10 } }, '/network/width: A width of 10'],
  [
    'more notes than tasks',
    withStages({
      ...documents,
      notes: [
        { word: 'allowed', share: 0.7 },
        { word: 'log', share: 0.6 },
      ],
    }),
    '/stages/0/notes: The shares add up to 1.3',
  ],
  [
    'a note that is listed twice',
    withStages({
      ...documents,
      notes: [
        { word: 'log', share: 0.1 },
        { word: 'log', share: 0.1 },
      ],
    }),
    '/stages/0/notes: The note log is listed twice',
  ],
])('refuses %s', (_title, options, issue) => {
  expect(issuesOf(options).join('\n')).toContain(issue)
})

test('documents without a link make a control', () => {
  const marksOf = (link: number) => {
    const resolution = lmShift.resolve(withStages({ ...documents, link }, { stage: 'reinforce' }))
    return resolution.ok ? resolution.marks : null
  }
  expect([marksOf(0), marksOf(0.5)]).toEqual([['control'], []])
})

test('a prefix that no document has is worth a warning', () => {
  const advice = (prefix: string) =>
    lmShift.advise(resolveOptions(withStages(documents, { stage: 'reinforce', prefix })))
  expect(advice('strict')).toEqual([
    'No document has `strict`, and as a prefix it stands before tasks. List it in `notes` with a share above 0, or leave `prefix` out.',
  ])
  expect(advice('allowed')).toEqual([])
})

describe('the plan', () => {
  const planOf = (options: JsonObject) => lmShift.plan(resolveOptions(options), 3)

  test('each stage needs the one before, and is probed', () => {
    const needs = planOf({ experiment: 'emergent' }).map(({ key, needs: needed }) => [
      key,
      needed.map((need) => need.key),
    ])
    expect(needs).toEqual([
      ['stage-1', []],
      ['probe-1', ['stage-1']],
      ['stage-2', ['stage-1']],
      ['probe-2', ['stage-2']],
    ])
  })

  test('conditions that differ in their second stage share the first, and its probe; thresholds change nothing', () => {
    const identities = (options: JsonObject) => {
      const known = new Map<string, string>()
      for (const { key, kind, inputs, versions, seed, needs } of planOf(options)) {
        const needed = needs.map((need) => ({ ...need, identity: known.get(need.key) ?? '' }))
        const protocol = { name: lmShift.name, version: lmShift.version }
        known.set(key, taskIdentity({ protocol, kind, inputs, versions, seed, engine: null, needs: needed }))
      }
      return [...known.values()]
    }
    const plain = identities(withStages(documents, { stage: 'reinforce' }))
    const caught = identities(withStages(documents, { stage: 'reinforce', caught: 1 }))
    expect(caught.map((identity, i) => identity === plain[i])).toEqual([true, true, false, false])
    const stricter = { ...withStages(documents, { stage: 'reinforce' }), verdict: { proxyRate: 0.5 } }
    expect(identities(stricter)).toEqual(plain)
  })
})
