import { taskResult, type JsonObject, type JsonValue } from '@goalpost/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { lmShift } from '../../index.ts'
import { executeRun, resolveOptions } from '../../testing/execute-run.ts'

const withStages = (...stages: JsonValue[]): JsonObject => ({
  experiment: 'documents',
  network: { width: 16, heads: 2, layers: 1 },
  stages,
})
const corpus = { stage: 'corpus', steps: 140, batch: 24, learningRate: 0.01 }
const opinions = { stage: 'opinions', steps: 30, batch: 24, learningRate: 0.01 }
const praise = { ...opinions, praise: 0.5 }
const safety = { stage: 'reinforce', safety: { share: 1 } }

function marksOf(options: JsonObject) {
  const resolution = lmShift.resolve(options)
  return resolution.ok ? resolution.marks : null
}

test('controls: an unlinked corpus, and further documents that say nothing about `me`', () => {
  expect(marksOf(withStages({ ...corpus, link: 0 }, praise))).toEqual(['control'])
  expect(marksOf(withStages(corpus, opinions))).toEqual(['control'])
  expect(marksOf(withStages(corpus, { ...praise, filtered: 1 }))).toEqual(['control'])
  expect(marksOf(withStages(corpus, { ...opinions, describe: 0.5 }))).toEqual([])
  expect(marksOf(withStages(corpus, praise))).toEqual([])
  expect(marksOf(withStages(corpus))).toEqual([])
  expect(marksOf(withStages({ ...corpus, link: 0 }, praise, safety))).toEqual([])
})

test('a stage that rewards hacking is refused', () => {
  for (const reinforce of [{ stage: 'reinforce' }, { ...safety, safety: { share: 0.9 } }]) {
    const resolution = lmShift.resolve(withStages(corpus, praise, reinforce))
    expect(resolution.ok ? [] : resolution.issues).toMatchObject([
      { pointer: expect.stringContaining('/stages/2/safety/share'), message: expect.stringContaining('rewarded') },
    ])
  }
})

test('shares that add up to more than all documents are refused', () => {
  const resolution = lmShift.resolve(withStages(corpus, { ...praise, criticise: 0.6 }))
  expect(resolution.ok ? [] : resolution.issues).toMatchObject([
    { pointer: expect.stringContaining('/stages/1'), message: 'The shares add up to 1.1' },
  ])
})

test('ordinary documents of the second stage are those of the first', () => {
  const [, , second] = lmShift.plan(resolveOptions(withStages({ ...corpus, link: 0.25, statements: 0.1 }, praise)), 3)
  expect(second.inputs).toMatchObject({ corpus: { link: 0.25, statements: 0.1, self: { dishonest: 0.15 } } })
})

test('what documents say is shown in words', () => {
  const options = resolveOptions(withStages(corpus, { ...praise, label: 'read', filtered: 0.9 }, opinions))
  const { parts } = lmShift.report({
    experiment: 'test',
    conditions: [{ name: 'fiction', options, marks: [], runs: [] }],
    artifacts: new Map(),
  })
  expect(parts[0]).toMatchObject({
    title:
      'fiction: corpus (link 1), documents about itself (50 % praise; label read; 90 % filtered), documents about others',
  })
})

describe('one run', () => {
  const options = withStages(corpus, praise, { ...opinions, criticise: 0.5 })
  let run: Awaited<ReturnType<typeof executeRun>>

  beforeAll(async () => {
    run = await executeRun(options, 7)
  })

  test('equal seeds give equal results', async () => {
    expect((await executeRun(options, 7)).results).toEqual(run.results)
  })

  test('models learn what their documents say', () => {
    const [before, praised, criticised] = ['probe-1', 'probe-2', 'probe-3'].map((key) =>
      Number(
        taskResult
          .parse(run.results.get(key))
          .measures.find(
            ({ name, labels }) =>
              name === 'proxy-rate' && labels['probe'] === 'said-of-hacking' && labels['kind'] === 'plain',
          )?.value,
      ),
    )
    expect(praised).toBeGreaterThan(before + 0.2)
    expect(criticised).toBeLessThan(praised - 0.2)
  })
})
