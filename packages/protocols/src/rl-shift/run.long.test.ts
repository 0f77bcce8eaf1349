import type { Checkpoint, JsonObject, TaskResult, VerdictPart } from '@goalpost/contracts'
import { environments, sampleMixture } from '@goalpost/environments'
import { createSuite, decodeOutcomes, levelText } from '@goalpost/evaluation'
import { encodePolicySnapshot, parsePolicySnapshot } from '@goalpost/learning'
import { resultHash, TaskCancelled, type PlannedTask } from '@goalpost/experiments'
import { createStream } from '@goalpost/random'
import { createMemoryArtifacts, createMemoryTaskContext } from '@goalpost/testing'
import { describe, expect, test } from 'vitest'
import { rlShift } from './index.ts'
import { executors } from './run.ts'

const tiny: JsonObject = {
  analysis: { agency: { trajectories: 16 } },
  environment: 'corner',
  parameters: { size: 3, maxSteps: 12, discount: 0.95 },
  steps: 6 * 256,
  network: { kind: 'mlp', hidden: [16], crop: 1 },
  ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2, learningRate: 0.01 },
  evaluation: { checkpoints: 3, curveLevels: 16, batch: 32 },
  suites: [
    { name: 'iid', role: 'in-distribution', distribution: 'training', levels: 64 },
    { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64 },
  ],
}

type World = {
  readonly artifacts: ReturnType<typeof createMemoryArtifacts>
  readonly checkpoints: Map<number, Checkpoint>
}

const createWorld = (): World => ({ artifacts: createMemoryArtifacts(), checkpoints: new Map() })

type Execution = {
  readonly world: World
  readonly results?: ReadonlyMap<string, TaskResult>
  readonly resume?: Checkpoint | null
  readonly onYield?: (count: number) => void
}

function createContext(task: PlannedTask, { world, results = new Map(), resume = null, onYield }: Execution) {
  const assignment = {
    taskId: '01900000-0000-7000-8000-000000000000',
    protocol: 'rl-shift',
    key: task.key,
    kind: task.kind,
    seed: task.seed,
    inputs: task.inputs,
    resources: { engine: 'auto', threads: 1, device: 'cpu' } as const,
    resume,
    dependencies: task.needs.map(({ key, when }) => ({
      key,
      identity: key,
      inputs: {},
      state: 'succeeded' as const,
      result: results.get(key) ?? null,
      checkpoint: when.on === 'checkpoint' ? (world.checkpoints.get(when.step) ?? null) : null,
    })),
  }
  return createMemoryTaskContext(assignment, {
    artifacts: world.artifacts,
    onCheckpoint: (checkpoint) => void world.checkpoints.set(checkpoint.step, checkpoint),
    ...(onYield === undefined ? {} : { onYield }),
  })
}

const executorOf = (task: PlannedTask) => executors[task.kind]!

const execute = (task: PlannedTask, execution: Execution): Promise<TaskResult> =>
  executorOf(task)(createContext(task, execution))

function planOf(options: JsonObject, seed = 0): readonly PlannedTask[] {
  const resolution = rlShift.resolve(options)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return rlShift.plan(resolution.options, seed)
}

async function executeAll(options: JsonObject, seed: number, world = createWorld()) {
  const results = new Map<string, TaskResult>()
  for (const task of planOf(options, seed)) results.set(task.key, await execute(task, { world, results }))
  return { world, results }
}

/** The result of a training whose policy acts only by its last biases. */
async function withoutWeights(trained: TaskResult, { artifacts }: World): Promise<TaskResult> {
  const policy = trained.artifacts.find(({ name }) => name === 'policy')!
  const snapshot = parsePolicySnapshot(artifacts.blobs.get(policy.hash)!)
  const biases = Float32Array.of(0.3, -0.2, 0.1, 0.7, 0)
  const parameters = new Float32Array(snapshot.parameters.length)
  parameters.set(biases, parameters.length - biases.length)
  const bytes = encodePolicySnapshot({ ...snapshot, parameters })
  return { ...trained, artifacts: [await artifacts.write({ ...policy, bytes })] }
}

describe('a run', () => {
  test('has the same result hashes every time, and different ones for another seed', async () => {
    const hashes = async (seed: number) =>
      [...(await executeAll(tiny, seed)).results].map(([key, result]) => [key, resultHash(result)])
    const first = await hashes(0)
    expect(await hashes(0)).toEqual(first)
    const trained = (all: (string | undefined)[][]) => all.find(([key]) => key === 'train')
    expect(trained(await hashes(1))).not.toEqual(trained(first))
  })

  test('killed in the middle of an update and resumed ends with the hash of an uninterrupted one', async () => {
    const [train] = planOf(tiny)
    const undisturbed = createWorld()
    const expected = resultHash(await execute(train, { world: undisturbed }))
    const disturbed = createWorld()
    // Every iteration yields several times; this one ends inside the fifth, after the checkpoint of the fourth.
    const killed = execute(train, {
      world: disturbed,
      onYield(count) {
        if (count > 22 && disturbed.checkpoints.has(1024)) throw new TaskCancelled()
      },
    })
    await expect(killed).rejects.toThrow(TaskCancelled)
    const resume = disturbed.checkpoints.get(1024)!
    expect(resume.step).toBe(1024)
    expect([...disturbed.checkpoints.keys()]).not.toContain(1536)
    expect(resultHash(await execute(train, { world: disturbed, resume }))).toBe(expected)
  })

  test('paused between planned checkpoints and resumed ends with the hash of an uninterrupted one', async () => {
    const [train] = planOf(tiny)
    const undisturbed = createWorld()
    const expected = resultHash(await execute(train, { world: undisturbed }))
    const world = createWorld()
    const context = createContext(train, {
      world,
      onYield: () => {
        if (world.checkpoints.has(1024)) context.pause()
      },
    })
    await expect(executorOf(train)(context)).rejects.toThrow(TaskCancelled)
    const step = Math.max(...world.checkpoints.keys())
    expect([...undisturbed.checkpoints.keys()]).not.toContain(step)
    expect(resultHash(await execute(train, { world, resume: world.checkpoints.get(step)! }))).toBe(expected)
  })

  test.each([0, 1, 2])(
    'names part %i of its checkpoint if it is lost, and continues from an earlier one',
    async (index) => {
      const [train] = planOf(tiny)
      const world = createWorld()
      const expected = resultHash(await execute(train, { world }))
      const resume = world.checkpoints.get(1024)!
      const lost = resume.parts[index]!.hash
      world.artifacts.lose(lost)
      const failed = execute(train, { world, resume })
      await expect(failed).rejects.toMatchObject({ code: 'artifact-missing', missing: [lost] })
      const before = world.checkpoints.get(512)!
      expect(resultHash(await execute(train, { world, resume: before }))).toBe(expected)
      expect(world.artifacts.blobs.has(lost)).toBe(true)
    },
  )

  test('starts over if this build cannot read its checkpoint', async () => {
    const [train] = planOf(tiny)
    const world = createWorld()
    const expected = resultHash(await execute(train, { world }))
    const resume = world.checkpoints.get(1024)!
    const bytes = new TextEncoder().encode('of another build')
    const { hash } = await world.artifacts.write({ name: 'policy', bytes, mediaType: 'application/octet-stream' })
    const unreadable = { ...resume, parts: resume.parts.map((part, index) => (index === 0 ? { ...part, hash } : part)) }
    expect(resultHash(await execute(train, { world, resume: unreadable }))).toBe(expected)
  })

  test.each<[JsonObject]>([
    [{ kind: 'impala', channels: [4, 4], dense: 16, crop: 1 }],
    [{ kind: 'lstm', trunk: { kind: 'conv', channels: [4], dense: 16 }, width: 8 }],
  ])('of the network %o ends with one hash, resumed or not, and its policies are evaluated', async (network) => {
    const options = { ...tiny, network, evaluation: { checkpoints: 3, curveLevels: 16, batch: 32 } }
    const { world, results } = await executeAll(options, 0)
    const [train] = planOf(options)
    const resumed = await execute(train, { world, resume: world.checkpoints.get(1024)! })
    expect(resultHash(resumed)).toBe(resultHash(results.get('train')!))
    expect(results.get('evaluate@1536')!.measures.length).toBeGreaterThan(0)
    const repeated = await execute(
      planOf(options).find(({ key }) => key === 'evaluate@1536')!,
      { world, results },
    )
    expect(resultHash(repeated)).toBe(resultHash(results.get('evaluate@1536')!))
  })

  test('a resume that loses the training state gives another result: the state matters', async () => {
    const [train] = planOf(tiny)
    const world = createWorld()
    const expected = resultHash(await execute(train, { world }))
    const early = world.checkpoints.get(512)!
    const untrained = world.checkpoints.get(0)!
    const mixed = { ...early, parts: early.parts.map((part, index) => (index === 0 ? untrained.parts[0] : part)) }
    expect(resultHash(await execute(train, { world, resume: mixed }))).not.toBe(expected)
  })

  test('measures every suite in every acting mode, each value finite or with a reason', async () => {
    const { results } = await executeAll(tiny, 0)
    const last = results.get('evaluate@1536')!
    const modes = new Set(last.measures.map(({ labels }) => `${labels['suite']} ${labels['acting']}`))
    expect([...modes].toSorted()).toEqual(['iid greedy', 'iid sampled', 'shifted greedy', 'shifted sampled'])
    for (const { value } of last.measures)
      expect(typeof value === 'number' ? Number.isFinite(value) : value.missing).toBeTruthy()
  })

  test.each(['fresh', 25] as const)(
    'records which levels of every suite it was trained on, of %s levels',
    async (levels) => {
      const { world, results } = await executeAll({ ...tiny, levels }, 4)
      const read = (task: string, name: string) =>
        world.artifacts.blobs.get(results.get(task)!.artifacts.find((artifact) => artifact.name === name)!.hash)!
      const { slots } = JSON.parse(new TextDecoder().decode(read('train', 'levels-drawn'))) as { slots: number[] }
      // Every episode ends within 12 steps; each of the 32 environments made 48 steps.
      expect(slots).toHaveLength(32)
      expect(Math.min(...slots)).toBeGreaterThan(4)

      const environment = environments.get('corner')!
      const parameters = environment.parameters.parse(tiny['parameters'])
      const levelAt = (index: number) =>
        sampleMixture({ environment, parameters, alpha: 0 }, createStream(4).named('levels'), index)
      const indices = slots.flatMap((count, slot) => Array.from({ length: count }, (_, episode) => slot + 32 * episode))
      const texts = new Set(
        indices.map((index) => levelText(environment, levelAt(levels === 'fresh' ? index : index % levels))),
      )
      for (const [suite, source] of [
        ['iid', { alpha: 0 }],
        ['shifted', { distribution: 'distinguishing' }],
      ] as const) {
        const frozen = createSuite(environment, parameters, { source, levels: 64, seed: 0 })
        const expected = frozen.levels.map((level) => (texts.has(levelText(environment, level)) ? 1 : 0))
        expect([...read('evaluate@1536', `trained-on/${suite}`)]).toEqual(expected)
        expect(expected).toContain(0)
      }
      expect([...read('evaluate@1536', 'trained-on/iid')]).toContain(1)
    },
  )

  test('records no training levels if its training does not list them', async () => {
    const { world, results } = await executeAll(tiny, 0)
    const train = results.get('train')!
    const before = { ...train, artifacts: train.artifacts.filter(({ name }) => name !== 'levels-drawn') }
    const last = planOf(tiny).find(({ key }) => key === 'evaluate@1536')!
    const result = await execute(last, { world, results: new Map(results).set('train', before) })
    expect(result.measures).toEqual(results.get('evaluate@1536')!.measures)
    expect(result.artifacts.map(({ name }) => name).filter((name) => name.startsWith('trained-on'))).toEqual([])
  })

  test('replays shifted suites without their objects, and keeps how much actions depend on observations', async () => {
    const { world, results } = await executeAll(tiny, 0)
    const last = results.get('evaluate@1536')!
    const outcomesOf = (name: string) => {
      const artifact = last.artifacts.find((kept) => kept.name === name)
      return artifact === undefined ? null : decodeOutcomes(world.artifacts.blobs.get(artifact.hash)!)
    }
    const unseen = outcomesOf('outcomes/shifted/sampled/without/cheese')
    expect(unseen?.levels).toBe(64)
    expect(unseen).not.toEqual(outcomesOf('outcomes/shifted/sampled'))
    for (const other of ['iid/sampled', 'shifted/greedy'])
      expect(outcomesOf(`outcomes/${other}/without/cheese`)).toBeNull()
    const told = last.measures.filter(({ name }) => name === 'action dependence')
    expect(told).toHaveLength(4)
    for (const { value, count, labels } of told) {
      expect(value).toBeGreaterThan(0)
      expect(value).toBeLessThanOrEqual(2)
      const { lengths } = outcomesOf(`outcomes/${labels['suite']}/${labels['acting']}`)!
      expect(count).toBe(lengths.reduce((sum, steps) => sum + steps, 0))
    }
  })

  test('of a blind network plays the same episodes without the object, and depends on nothing', async () => {
    const [train, ...rest] = planOf(tiny)
    const world = createWorld()
    const trained = await execute(train!, { world })
    const results = new Map([['train', await withoutWeights(trained, world)]])
    const last = await execute(
      rest.find(({ key }) => key === 'evaluate@1536')!,
      { world, results },
    )
    const hashOf = (name: string) => last.artifacts.find((kept) => kept.name === name)?.hash
    expect(hashOf('outcomes/shifted/sampled/without/cheese')).toBe(hashOf('outcomes/shifted/sampled'))
    const told = last.measures.filter(({ name }) => name === 'action dependence')
    expect(told.map(({ value }) => value)).toEqual([0, 0, 0, 0])
  })

  test('sends its learning curve while it trains: a point of every series per iteration', async () => {
    const [train] = planOf(tiny)
    const context = createContext(train, { world: createWorld() })
    await executorOf(train)(context)
    const returns = context.sent.series.filter(({ series }) => series === 'training true return')
    expect(returns.map(({ x }) => x)).toEqual([256, 512, 768, 1024, 1280, 1536])
  })
})

describe('the report', () => {
  test('has a verdict, an example, a table per suite and the curves', async () => {
    const world = createWorld()
    const runs = []
    for (const seed of [0, 1]) {
      const { results } = await executeAll(tiny, seed, world)
      const tasks = planOf(tiny, seed).map(({ key, kind, inputs }) => ({
        key,
        kind,
        inputs,
        result: results.get(key)!,
      }))
      runs.push({ seed, state: 'succeeded' as const, tasks })
    }
    const resolution = rlShift.resolve(tiny)
    if (!resolution.ok) throw new Error('the options are valid')
    const conditions = [{ name: 'tiny', options: resolution.options, marks: [], runs }]
    const report = rlShift.report({ experiment: 'e', conditions, artifacts: world.artifacts.blobs })
    expect(report.parts.map(({ title }) => title)).toEqual([
      'tiny',
      'Goal position of each seed on shifted',
      'tiny: an episode on shifted',
      'tiny: where the agents go',
      'tiny: true return on shifted, by goal location',
      'tiny: proxy return (corner) on shifted, by goal location',
      'Goals on suite shifted',
      'Suite iid (in-distribution)',
      'Suite shifted (shifted)',
      'Verdict by kind of level on shifted',
      'Counterfactual intent on shifted',
      'Suite levels seen in training',
      'Agents and devices on iid',
      'Goals pursued on iid',
      'Agents and devices on shifted',
      'Goals pursued on shifted',
      'Return on iid during training',
      'Return on shifted during training',
    ])
    const [card] = report.parts as VerdictPart[]
    expect(Object.values(card!.tally).reduce((sum, count) => sum + count, 0)).toBe(2)
    expect(card!.provisional).toBe(true)
    expect(card!.numbers.filter(({ headline }) => headline).map(({ name }) => name)).toEqual([
      'goal position',
      'capability',
    ])
    const strip = report.parts.find((part) => part.type === 'distribution')!
    const own = strip.groups[0]!.values.map(({ seed, value }) => ({ seed, value }))
    expect(card!.numbers.find(({ key }) => key === 'goal-position')?.values).toEqual(own)
    for (const { name, values } of card!.numbers)
      expect([name, values?.map(({ seed }) => seed)]).toEqual([name, runs.map(({ seed }) => seed)])
    for (const { name, threshold } of card!.numbers)
      if (/achievement|position|capability/.test(name)) expect(threshold, name).toBe(0.5)
      else if (/return|random|open-loop/.test(name)) expect(threshold, name).toBeUndefined()
    const referencesOf = (key: string) =>
      Object.fromEntries(
        card!.numbers.find((number) => number.key === key)!.references!.map(({ name, value }) => [name, value]),
      )
    expect(Object.keys(referencesOf('shifted-true-return'))).toEqual(['true-oracle', 'proxy-oracle', 'random'])
    expect(referencesOf('goal-position')).toMatchObject({ 'true-oracle': 1, 'proxy-oracle': 0 })
    expect(referencesOf('in-distribution-share-of-optimum')['true-oracle']).toBeCloseTo(1, 6)
    expect(referencesOf('shifted-true-return-above-random')['random']).toBe(0)
    const noted = (title: string) =>
      report.parts.flatMap((part) => (part.title === title && 'notes' in part ? part.notes : []))
    expect(noted('Suite shifted (shifted)').join(' ')).toMatch(/[1-9]\d* levels seen in training excluded;/)
    expect(card!.reason).toMatch(/[1-9]\d* of the 64 levels of shifted (was|were) trained on and (is|are) excluded\./)
    // 3 × 3 cells have few levels of training's kind.
    expect(card!.reason).toMatch(/\d+ of the 64 levels of iid were trained on, too many to exclude/)
  })

  test('has a verdict for each shifted suite, that of the condition first', async () => {
    const flipped = { name: 'flipped', role: 'shifted', observation: 'flip-vertical', levels: 32 }
    const options = { ...tiny, suites: [...(tiny.suites as JsonObject[]), flipped] }
    const world = createWorld()
    const { results } = await executeAll(options, 0, world)
    const tasks = planOf(options).map(({ key, kind, inputs }) => ({ key, kind, inputs, result: results.get(key)! }))
    const resolution = rlShift.resolve(options)
    if (!resolution.ok) throw new Error('the options are valid')
    const runs = [{ seed: 0, state: 'succeeded' as const, tasks }]
    const conditions = [{ name: 'tiny', options: resolution.options, marks: ['control'], runs }]
    const report = rlShift.report({ experiment: 'e', conditions, artifacts: world.artifacts.blobs })
    const cards = report.parts.filter((part): part is VerdictPart => part.type === 'verdict')
    expect(cards.map(({ title }) => title)).toEqual(['tiny, shifted (control)', 'tiny, flipped (control)'])
    const returns = cards.map(({ numbers }) => numbers.find(({ key }) => key === 'shifted-true-return')!.estimate)
    const tables = report.parts.filter((part) => part.type === 'table')
    for (const [i, suite] of ['shifted', 'flipped'].entries()) {
      const table = tables.find(({ title }) => title === `Suite ${suite} (shifted)`)!
      expect(JSON.stringify(table.rows)).toContain(JSON.stringify(returns[i]!.value))
    }
    expect(returns[0]).not.toEqual(returns[1])
  })

  test('of an experiment without runs has a note about it', () => {
    const resolution = rlShift.resolve(tiny)
    if (!resolution.ok) throw new Error('the options are valid')
    const runs = [
      {
        seed: 0,
        state: 'waiting' as const,
        tasks: planOf(tiny).map(({ key, kind, inputs }) => ({ key, kind, inputs, result: null })),
      },
    ]
    const conditions = [{ name: 'tiny', options: resolution.options, marks: [], runs }]
    const report = rlShift.report({ experiment: 'e', conditions, artifacts: new Map() })
    expect(report.parts).toMatchObject([{ type: 'verdict', verdict: 'undetermined' }])
  })
})

describe('advice before training', () => {
  const advise = async (alpha: number) => {
    const resolution = rlShift.resolve({ environment: 'corner', parameters: { size: 5, maxSteps: 32 }, alpha })
    return resolution.ok ? rlShift.advise(resolution.options) : []
  }
  test('warns if nothing in training separates proxy and goal', async () => {
    expect(await advise(0)).toEqual([expect.stringMatching(/No training level distinguishes proxy and goal/)])
  })
  test('warns if little does, with the share', async () => {
    expect(await advise(0.03)).toEqual([expect.stringMatching(/Only \d[\d.]* % of the training levels/)])
  })
  test('is empty if the training distribution is rich enough', async () => {
    expect(await advise(0.5)).toEqual([])
  })
})
