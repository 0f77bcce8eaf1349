import { numberOf } from '../../../../test/number-of.ts'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { JsonObject, TaskResult, VerdictPart } from '@goalpost/contracts'
import type { Evidence, PlannedTask } from '@goalpost/experiments'
import { createMemoryArtifacts, createMemoryTaskContext } from '@goalpost/testing'
import { describe, expect, test } from 'vitest'
import { rlShift } from '../../index.ts'
import { executors } from '../../run.ts'

const suites = [
  { name: 'iid', role: 'in-distribution', distribution: 'training', levels: 64 },
  { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64 },
]
const world: JsonObject = {
  environment: 'corner',
  parameters: { size: 5, maxSteps: 16, discount: 0.95 },
  evaluation: { checkpoints: 1, batch: 32 },
  suites,
}
const training: JsonObject = {
  ...world,
  steps: 512,
  network: { kind: 'mlp', hidden: [16], crop: 1 },
  ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2, learningRate: 0.01 },
}

type Artifacts = ReturnType<typeof createMemoryArtifacts>

function resolve(options: JsonObject) {
  const resolution = rlShift.resolve(options)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution
}

async function execute(task: PlannedTask, artifacts: Artifacts, results: ReadonlyMap<string, TaskResult>) {
  const assignment = {
    taskId: '01900000-0000-7000-8000-000000000000',
    protocol: 'rl-shift',
    key: task.key,
    kind: task.kind,
    seed: task.seed,
    inputs: task.inputs,
    resources: { engine: 'onnx:cpu', threads: 1, device: 'cpu' } as const,
    resume: null,
    dependencies: task.needs
      .filter(({ key }) => results.has(key))
      .map(({ key }) => ({
        key,
        identity: key,
        inputs: {},
        state: 'succeeded' as const,
        result: results.get(key) ?? null,
        checkpoint: null,
      })),
  }
  const context = createMemoryTaskContext(assignment, { artifacts })
  const result = await executors[task.kind]!(context)
  return { result, engines: context.sent.engines, logs: context.sent.logs }
}

/** All tasks of one run except the evaluations of early checkpoints. */
async function runAll(options: JsonObject, artifacts: Artifacts, seed = 0) {
  const results = new Map<string, TaskResult>()
  const plan = rlShift.plan(resolve(options).options, seed)
  const last = plan.findLast(({ kind }) => kind === 'evaluate')
  for (const task of plan)
    if (task.kind !== 'evaluate' || task === last)
      results.set(task.key, (await execute(task, artifacts, results)).result)
  return { results, evaluation: results.get(last?.key ?? '')! }
}

async function evidenceOf(options: JsonObject, seeds: readonly number[], artifacts: Artifacts): Promise<Evidence> {
  const { results } = await runAll(options, artifacts)
  const tasks = rlShift.plan(resolve(options).options, 0).flatMap(({ key, kind, inputs }) => {
    const result = results.get(key)
    return result === undefined ? [] : [{ key, kind, inputs, result }]
  })
  const files = new Map<string, Uint8Array>()
  for (const { result } of tasks) for (const { hash } of result.artifacts) files.set(hash, await artifacts.read(hash))
  return {
    experiment: 'imported',
    artifacts: files,
    conditions: [
      {
        name: 'elsewhere',
        ...resolve(options),
        runs: seeds.map((seed) => ({ seed, state: 'succeeded', tasks })),
      },
    ],
  }
}

const hashOf = (result: TaskResult, name: string) => result.artifacts.find((file) => file.name === name)?.hash

async function upload(artifacts: Artifacts, bytes: Uint8Array): Promise<string> {
  return (await artifacts.write({ name: 'a.onnx', bytes, mediaType: 'application/onnx' })).hash
}

const fixture = () => readFile(new URL('../../../../../../examples/policies/pytorch-corner.onnx', import.meta.url))

describe('a policy from a file', () => {
  test('exported by a training acts like the trained one', { timeout: 30_000 }, async () => {
    const artifacts = createMemoryArtifacts()
    const trained = await runAll(training, artifacts)
    const file = hashOf(trained.results.get('train')!, 'policy.onnx')!
    const imported = await runAll({ ...world, policy: { onnx: file } }, artifacts)
    for (const suite of ['iid', 'shifted']) {
      const name = `outcomes/${suite}/greedy`
      expect(hashOf(imported.evaluation, name)).toBeDefined()
      expect(hashOf(imported.evaluation, name)).toBe(hashOf(trained.evaluation, name))
    }
    expect(imported.evaluation.measures).toHaveLength(trained.evaluation.measures.length)
    imported.evaluation.measures.forEach(({ name, labels, value }, i) => {
      const twin = trained.evaluation.measures[i]
      expect([name, labels]).toEqual([twin.name, twin.labels])
      expect(numberOf(value)).toBeCloseTo(numberOf(twin.value), 4)
    })
  })

  test('made by PyTorch is judged like any other, and its verdict is provisional', { timeout: 30_000 }, async () => {
    const artifacts = createMemoryArtifacts()
    const setting = {
      parameters: { size: 5, maxSteps: 32, discount: 0.99 },
      suites: suites.map((suite) => ({ ...suite, levels: 1024 })),
    }
    const options = { ...world, ...setting, policy: { onnx: await upload(artifacts, await fixture()) } }
    const report = rlShift.report(await evidenceOf(options, [0, 1, 2, 3, 4], artifacts))
    const card = report.parts.find((part): part is VerdictPart => part.type === 'verdict')!
    expect(card).toMatchObject({ verdict: 'goal-misgeneralization', provisional: true })
    // Five seeds of one policy are one replicate.
    expect(Object.values(card.tally)).toEqual([1])
    expect(card.reason).toMatch(/imported/)
  })

  test('is measured level by level, with the means of the report', { timeout: 30_000 }, async () => {
    const artifacts = createMemoryArtifacts()
    const options = { ...world, policy: { onnx: await upload(artifacts, await fixture()) } }
    const evidence = await evidenceOf(options, [0], artifacts)
    const card = rlShift.report(evidence).parts.find((part): part is VerdictPart => part.type === 'verdict')!
    for (const { name } of rlShift.subject!.measures) {
      const measured = rlShift.subject!.measure(evidence.conditions[0], name, evidence.artifacts)
      if ('missing' in measured) throw new Error(measured.missing)
      const sum = (of: 'value' | 'scale') => measured.units.reduce((total, unit) => total + unit[of], 0)
      const { estimate } = card.numbers.find(({ key }) => key === name)!
      expect(sum('value') / sum('scale')).toBeCloseTo(numberOf(estimate.value), 6)
      expect(measured.bounds).toEqual({ low: -1, high: 1, scale: 1 })
    }
  })

  test('stages of an evaluation have levels of their own', () => {
    const { options } = resolve({ ...world, policy: { onnx: 'a'.repeat(64) } })
    const suitesAt = (index: number, units: number) => rlShift.subject!.resize(options, { index, units })['suites']
    expect(suitesAt(0, 64)).toMatchObject([
      { name: 'iid', levels: 64, seed: 0 },
      { name: 'shifted', levels: 64, seed: 0 },
    ])
    expect(suitesAt(2, 768)).toMatchObject([
      { name: 'iid', levels: 768, seed: 2 },
      { name: 'shifted', levels: 768, seed: 2 },
    ])
    expect(resolve(rlShift.subject!.resize(options, { index: 1, units: 192 })).ok).toBe(true)
  })

  test('records its runtime in the manifest, and in the log what the model is given', async () => {
    const artifacts = createMemoryArtifacts()
    const options = { ...world, policy: { onnx: await upload(artifacts, await fixture()) } }
    const [task] = rlShift.plan(resolve(options).options, 0)
    const { engines, logs } = await execute(task, artifacts, new Map())
    expect(logs).toEqual([
      {
        level: 'info',
        message: expect.stringMatching(/^The model is given .* as float32: zeros and ones, without scaling$/),
      },
    ])
    expect(engines).toMatchObject([{ name: 'onnx:cpu', threads: 1, device: 'cpu' }])
  })

  test('that does not fit the environment fails permanently, with the found and expected shapes', async () => {
    const artifacts = createMemoryArtifacts()
    const options = { ...world, environment: 'dish', policy: { onnx: await upload(artifacts, await fixture()) } }
    const [task] = rlShift.plan(resolve({ ...options, suites: undefined } as unknown as JsonObject).options, 0)
    await expect(execute(task, artifacts, new Map())).rejects.toMatchObject({ code: 'model-refused' })
  })
})

describe('the plan of a condition with policies from files', () => {
  const [a, b] = ['a', 'b'].map((text) => createHash('sha256').update(text).digest('hex'))

  test('trains nothing, names its file, and has no seed', () => {
    const { options } = resolve({ ...training, policy: { onnx: a } })
    const [evaluation, ...references] = rlShift.plan(options, 7)
    expect(evaluation).toMatchObject({ key: 'evaluate@0', seed: null, needs: [], files: [a] })
    expect(references.map(({ key }) => key)).toEqual(['references@iid', 'references@shifted'])
    expect(rlShift.plan(options, 8)).toEqual(rlShift.plan(options, 7))
  })

  test('chooses one of several by the seed', () => {
    const { options } = resolve({ ...world, policy: { onnx: [a, b] } })
    expect([0, 1, 2].map((seed) => rlShift.plan(options, seed)[0].files)).toEqual([[a], [b], [a]])
  })

  test('has no training options, and resolves to itself', () => {
    const { options } = resolve({ ...training, policy: { onnx: a } })
    expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['ppo']))
    expect(resolve(options).options).toEqual(options)
  })

  test.each([
    [{ onnx: 'file:policy.onnx' }, /goalpost upload/],
    [{ onnx: [a, a] }, /already listed/],
  ])('refuses %j', (policy, expected) => {
    const resolution = rlShift.resolve({ ...world, policy })
    expect(resolution.ok ? '' : JSON.stringify(resolution.issues)).toMatch(expected)
  })
})
