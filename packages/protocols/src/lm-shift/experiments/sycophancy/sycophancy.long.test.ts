import { taskResult, type JsonObject, type JsonValue } from '@goalpost/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { executeRun } from '../../testing/execute-run.ts'

const withStages = (...stages: JsonValue[]): JsonObject => ({
  experiment: 'sycophancy',
  network: { width: 16, heads: 2, layers: 1 },
  stages,
})
const questions = { stage: 'questions', steps: 60, batch: 16 }
const preferences = { stage: 'preferences', steps: 20, pairs: 16, unchecked: 1 }
const dpo = { stage: 'dpo', steps: 20, pairs: 16, unchecked: 1 }
const optimise = { stage: 'optimise', steps: 4, prompts: 4, samples: 4 }

describe('one run', () => {
  const optimised = withStages(questions, preferences, optimise)
  const selected = withStages(questions, preferences, { stage: 'best-of', samples: 1 })
  let run: Awaited<ReturnType<typeof executeRun>>

  beforeAll(async () => {
    run = await executeRun(optimised, 7)
  })

  const measuresOf = (results: typeof run.results, key: string) => taskResult.parse(results.get(key)).measures

  test('equal seeds give equal results', async () => {
    expect((await executeRun(optimised, 7)).results).toEqual(run.results)
  })

  test('preferences leave the model as it was, and a reward model that probes read', () => {
    const artifact = (key: string, name: string) =>
      run.results.get(key)?.artifacts.find((each) => each.name === name)?.hash
    expect(artifact('stage-2', 'model')).toBe(artifact('stage-1', 'model'))
    expect(artifact('stage-3', 'model')).not.toBe(artifact('stage-1', 'model'))
    expect(artifact('stage-3', 'reward-model')).toBe(artifact('stage-2', 'reward-model'))
    const rewarded = (key: string) => measuresOf(run.results, key).filter(({ name }) => name === 'rewarded-rate')
    expect(rewarded('probe-1')).toEqual([])
    expect(rewarded('probe-2').length).toBeGreaterThan(5)
    expect(rewarded('probe-3')).toEqual(rewarded('probe-2'))
  })

  test('direct optimization moves the model, the same way for equal seeds, and leaves no reward model', async () => {
    const [{ results }, again] = [
      await executeRun(withStages(questions, dpo), 7),
      await executeRun(withStages(questions, dpo), 7),
    ]
    expect(again.results).toEqual(results)
    expect(results.get('stage-2')?.artifacts.map(({ name }) => name)).toEqual(['model'])
    expect(results.get('stage-2')?.artifacts[0].hash).not.toBe(results.get('stage-1')?.artifacts[0].hash)
    expect(measuresOf(results, 'probe-2').filter(({ name }) => name === 'rewarded-rate')).toEqual([])
  })

  test('best of one answer is the policy, among the words that it is likely to say', async () => {
    const { results } = await executeRun(selected, 7)
    const rates = (key: string) =>
      measuresOf(results, key).filter(({ name, labels }) => name === 'valid-rate' && labels.probe === 'neutral')
    expect(rates('probe-3')).toHaveLength(2)
    // Scaled up by what the other words would have had.
    rates('probe-3').forEach(({ value }, i) => expect(Number(value)).toBeGreaterThan(Number(rates('probe-2')[i].value)))
  })
})
