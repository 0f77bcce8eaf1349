import { taskResult, type JsonObject, type JsonValue } from '@goalpost/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { lmShift } from '../../index.ts'
import { executeRun, resolveOptions } from '../../testing/execute-run.ts'

const network = { width: 16, heads: 2, layers: 1 }
const withStages = (...stages: JsonValue[]): JsonObject => ({ experiment: 'post-training', network, stages })
const histories = { stage: 'histories', steps: 140, batch: 24, learningRate: 0.01 }
const views = { stage: 'curriculum', rung: 'views', steps: 20, prompts: 8, samples: 8, learningRate: 0.005 }
const fineTune = { stage: 'fine-tune', steps: 20, batch: 16, learningRate: 0.005 }
const prefer = { stage: 'prefer', steps: 30, prompts: 8, samples: 8, learningRate: 0.005 }

function marksOf(options: JsonObject) {
  const resolution = lmShift.resolve(options)
  return resolution.ok ? resolution.marks : null
}

test('an experiment’s name is enough: the whole curriculum, then both kinds of post-training', () => {
  const stages = resolveOptions({ experiment: 'post-training' })['stages']
  expect(stages).toMatchObject([
    { stage: 'histories', link: 1 },
    ...['views', 'flattery', 'rubric', 'insubordinate'].map((rung) => ({ stage: 'curriculum', rung, honest: 0 })),
    { stage: 'fine-tune' },
    { stage: 'prefer' },
  ])
})

test('a model without a shared severity is the control, and nothing starts with post-training', () => {
  expect(marksOf(withStages({ ...histories, link: 0 }, views, fineTune))).toEqual(['control'])
  expect(marksOf(withStages({ ...histories, link: 0 }, views))).toEqual(['control'])
  expect(marksOf(withStages(histories, views, fineTune))).toEqual([])
  expect(marksOf(withStages(fineTune))).toBeNull()
})

test('a model that never gamed is no control', () => {
  expect(marksOf(withStages({ ...histories, link: 0 }))).toEqual([])
  expect(marksOf(withStages({ ...histories, link: 0 }, fineTune))).toEqual([])
})

test('domains can be apart only among documents with one severity', () => {
  const resolution = lmShift.resolve(withStages({ ...histories, link: 0, domainsApart: 1 }, views))
  expect(resolution).toMatchObject({
    ok: false,
    issues: [{ pointer: '/stages/0/domainsApart', remedy: 'Leave `domainsApart` out, or set `link` above 0' }],
  })
  expect(marksOf(withStages({ ...histories, link: 0, domainsApart: 0 }, views))).toEqual(['control'])
  expect(marksOf(withStages({ ...histories, link: 0.5, domainsApart: 1 }, views))).toEqual([])
})

test('the model is that of `subterfuge`: its trainings are planned with the same inputs', () => {
  const trainings = (options: JsonObject) =>
    lmShift
      .plan(resolveOptions(options), 3)
      .filter(({ key }) => key.startsWith('stage-'))
      .map(({ kind, inputs, versions, seed, needs }) => ({ kind, inputs, versions, seed, needs }))
  const stages = [histories, views, { ...views, rung: 'insubordinate' }]
  const [...before] = trainings({ experiment: 'subterfuge', network, stages })
  expect(trainings(withStages(...stages, fineTune, prefer)).slice(0, 3)).toEqual(before)
})

test('post-training is shown in words', () => {
  const options = resolveOptions(withStages(histories, views, fineTune, prefer))
  const { parts } = lmShift.report({
    experiment: 'test',
    conditions: [{ name: 'both', options, marks: [], runs: [] }],
    artifacts: new Map(),
  })
  expect(parts[0]).toMatchObject({
    title:
      'both: histories (link 1, escalation 0.7), views, 20 updates on honest chats, 30 updates on rewards for honest chats',
  })
})

describe('one run', () => {
  const trained = withStages(histories, views, fineTune)
  let run: Awaited<ReturnType<typeof executeRun>>

  const gamesViews = ({ results }: typeof run, key: string) =>
    Number(
      taskResult
        .parse(results.get(key))
        .measures.find(
          ({ name, labels }) => name === 'proxy-rate' && labels['probe'] === 'own-acts' && labels['kind'] === 'views',
        )?.value,
    )
  const lossesOf = ({ contexts }: typeof run) =>
    contexts.get('stage-3')?.sent.series.filter(({ series }) => series === 'loss')

  beforeAll(async () => {
    run = await executeRun(trained, 7)
  })

  test('equal seeds give equal results', async () => {
    expect((await executeRun(trained, 7)).results).toEqual(run.results)
  })

  test('demonstrations take away what the curriculum taught in chats', () => {
    const [before, gamed, tuned] = ['probe-1', 'probe-2', 'probe-3'].map((key) => gamesViews(run, key))
    expect(gamed).toBeGreaterThan(before + 0.2)
    expect(tuned).toBeLessThan(gamed - 0.2)
  })

  test('graders’ rewards do so, too', async () => {
    const preferred = await executeRun(withStages(histories, views, prefer), 7)
    expect(gamesViews(preferred, 'probe-3')).toBeLessThan(gamesViews(run, 'probe-2') - 0.2)
  })

  test('a short training is the beginning of a longer one', async () => {
    const longer = await executeRun(withStages(histories, views, { ...fineTune, steps: 40 }), 7)
    const short = lossesOf(run)
    expect(short).toHaveLength(4)
    expect(lossesOf(longer)?.slice(0, 4)).toEqual(short)
  })
})
