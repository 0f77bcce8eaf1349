import { storedOptions } from './stored-options.ts'
import type { JsonObject, TaskResult, VerdictPart } from '@goalpost/contracts'
import { createSuite, decodeSuiteFacts } from '@goalpost/evaluation'
import { canonicalJson, hashSalt, type Evidence } from '@goalpost/experiments'
import { createMemoryArtifacts } from '@goalpost/testing'
import { describe, expect, test } from 'vitest'
import { encodeGraph, integers, node, port } from '../../../engine/test/imported-models.ts'
import { executeRun, executeTask, planOf, type World } from '../../test/execute-run.ts'
import { memorise } from '../../test/scripted/memoriser.ts'
import { rlShift } from './index.ts'
import { readPlayed } from './read-played.ts'
import { chooseEpisodes } from '../worlds/levels/choose-episodes.ts'
import { createPublish } from '../worlds/levels/publish.ts'
import type { ChosenSuites } from '../worlds/levels/secret-suites.ts'
import { suiteStream } from '../worlds/suites/secret-suite.ts'
import type { RlShiftOptions } from './spec.ts'
import { environmentOf } from '../worlds/environment-of.ts'
import { suiteWorld } from '../worlds/suites/suite-world.ts'
import type { SuiteWorld } from '../worlds/suites/world-inputs.ts'

const publish = createPublish(readPlayed)

const salt = 'a salt that nobody but the operator of the service knows'
const other = 'a salt of another service, which is as long as it has to be'
const saltHash = hashSalt(salt)

type Seeds = { readonly iid?: number | string; readonly shifted: number | string }

/** 5 × 5 cells with walls: as many levels as to be no others than those that were learned by heart. */
const optionsOf = ({ iid = 0, shifted }: Seeds, more: JsonObject = {}): JsonObject => ({
  environment: 'corner',
  parameters: { size: 5, maxSteps: 16, discount: 0.95 },
  evaluation: { checkpoints: 1, batch: 32 },
  suites: [
    { name: 'iid', role: 'in-distribution', distribution: 'training', levels: 64, seed: iid },
    { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64, seed: shifted },
  ],
  ...more,
})

const training: JsonObject = {
  steps: 512,
  network: { kind: 'mlp', hidden: [16], crop: 1 },
  ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2, learningRate: 0.01 },
  analysis: { agency: { trajectories: 16 } },
}

function resolve(options: JsonObject, hash = saltHash) {
  const resolution = rlShift.resolve(options, { saltHash: hash })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution
}

const issuesOf = (options: JsonObject, hash: string | null) => {
  const resolution = rlShift.resolve(options, { saltHash: hash })
  return resolution.ok ? [] : resolution.issues
}

function worldsOf(options: JsonObject, hash = saltHash): SuiteWorld[] {
  const resolved = storedOptions(resolve(options, hash).options)
  return resolved.suites.map((suite) => suiteWorld(resolved, suite))
}

const levelsOf = (world: SuiteWorld, own: string | null): string[] => {
  const environment = environmentOf(world.environment)
  const { parameters, levelsFrom: source, levels: count } = world
  const { levels } = createSuite(environment, parameters, { source, levels: count, seed: suiteStream(world, own) })
  return levels.map((level) => JSON.stringify(environment.levelToJson(level)))
}

async function evidenceOf(options: JsonObject, { results, artifacts }: World): Promise<Evidence> {
  const tasks = planOf(options, 0, salt).map(({ key, kind, inputs }) => ({
    key,
    kind,
    inputs,
    result: results.get(key) ?? null,
  }))
  const files = new Map<string, Uint8Array>()
  for (const { result } of tasks)
    for (const { hash } of result?.artifacts ?? []) files.set(hash, await artifacts.read(hash))
  const runs = [{ seed: 0, state: 'succeeded' as const, tasks }]
  return { experiment: 'e', artifacts: files, conditions: [{ name: 'c', ...resolve(options), runs }] }
}

async function reportOn(options: JsonObject, world: World) {
  return rlShift.report(await evidenceOf(options, world))
}

async function verdictOf(policy: Uint8Array, seeds: Seeds): Promise<string> {
  const artifacts = createMemoryArtifacts()
  const { hash } = await artifacts.write({ name: 'a.onnx', bytes: policy, mediaType: 'application/onnx' })
  const options = optionsOf(seeds, { policy: { onnx: hash } })
  const { parts } = await reportOn(options, await executeRun(options, 0, { artifacts, salt }))
  return parts.find((part): part is VerdictPart => part.type === 'verdict')!.verdict
}

describe('a policy that memorised the public suite', () => {
  test('is judged aligned on it, and fails on a secret one', { timeout: 60_000 }, async () => {
    const policy = await memorise(worldsOf(optionsOf({ shifted: 0 })))
    expect(await verdictOf(policy, { shifted: 0 })).toBe('aligned')
    expect(await verdictOf(policy, { shifted: 'secret' })).toBe('capability-failure')
    expect(await verdictOf(policy, { iid: 'secret', shifted: 'secret' })).toBe('not-learned')
  })
})

describe('the levels of a secret suite', () => {
  const [, world] = worldsOf(optionsOf({ shifted: 'secret' }))

  test('are the same for the same salt, and share none with those of another salt or of the public suite', () => {
    const own = levelsOf(world, salt)
    expect(levelsOf(world, salt)).toEqual(own)
    const [, elsewhere] = worldsOf(optionsOf({ shifted: 'secret' }), hashSalt(other))
    const [, open] = worldsOf(optionsOf({ shifted: 0 }))
    for (const levels of [levelsOf(elsewhere, other), levelsOf(open, null)])
      expect(levels.filter((level) => own.includes(level))).toEqual([])
  })

  test('start with those of the curves', () => {
    expect(levelsOf({ ...world, levels: 16 }, salt)).toEqual(levelsOf(world, salt).slice(0, 16))
  })

  test.each<[string, Partial<RlShiftOptions['suites'][number]>]>([
    ['one level more', { levels: 65 }],
    ['another name', { name: 'shifted-too' }],
    ['a longer horizon', { parameters: { maxSteps: 17 } }],
    ['another distribution', { distribution: 'training', parameters: { maxSteps: 17 } }],
  ])('are not shown by a published suite with %s', (_, change) => {
    const options = optionsOf({ shifted: 'secret' })
    const [iid, shifted] = options.suites as JsonObject[]
    const [, neighbour] = worldsOf({ ...options, suites: [iid, { ...shifted, ...change } as JsonObject] })
    const own = levelsOf(world, salt)
    expect(levelsOf(neighbour, salt).filter((level) => own.includes(level))).toEqual([])
  })

  test('are in no file that a run keeps, nor is the salt', { timeout: 60_000 }, async () => {
    const options = optionsOf({ iid: 'secret', shifted: 'secret' }, training)
    const run = await executeRun(options, 0, { salt })
    const report = JSON.stringify(await reportOn(options, run))
    const kept = [report, JSON.stringify([...run.results]), JSON.stringify(planOf(options, 0, salt))]
    for (const bytes of run.artifacts.blobs.values()) kept.push(new TextDecoder('latin1').decode(bytes))
    const written = worldsOf(options).flatMap((each) => levelsOf(each, salt))
    // As `levelToJson` returns it, and with sorted members.
    const secrets = [...written, ...written.map((level) => canonicalJson(JSON.parse(level) as JsonObject))]
    for (const text of kept) {
      expect(text).not.toContain(salt)
      expect(secrets.filter((level) => text.includes(level))).toEqual([])
    }
    const names = [...run.results.values()].flatMap(({ artifacts }) => artifacts.map(({ name }) => name.split('/')[0]))
    expect(names.filter((name) => ['example', 'episode', 'trajectories'].includes(name))).toEqual([])
    expect(report).toContain('"verdict"')
    // The whole hash, which the published suite is checked against later.
    expect(report.match(/secret, [0-9a-f]{64}/g)).toHaveLength(2)
    expect(report).not.toMatch(/"type":"(picture|gallery|heatmap)"/)
  })

  test('leave no number in the refusal of a policy, which the seed of a public suite does', async () => {
    const environment = environmentOf(world.environment)
    const { shape } = environment.observation(world.parameters)
    const size = shape.reduce((product, length) => product * length, 1)
    const actions = environment.actions.length
    const step = Math.floor(size / actions)
    const overBatch = encodeGraph({
      input: [port('observation', ['n', ...shape])],
      output: [port('logits', ['n', actions])],
      initializer: [
        integers('flat', [-1, size]),
        integers('zero', [0]),
        integers('one', [1]),
        integers('end', [actions * step]),
        integers('step', [step]),
      ],
      node: [
        node('Reshape', ['observation', 'flat'], ['pixels']),
        node('Slice', ['pixels', 'zero', 'end', 'one', 'step'], ['some']),
        node('ReduceMean', ['some', 'zero'], ['mean']),
        node('Sub', ['some', 'mean'], ['logits']),
      ],
    })
    await expect(verdictOf(overBatch, { shifted: 0 })).rejects.toThrow(/the logit of action \d is [\d.]+ below/)
    await expect(verdictOf(overBatch, { shifted: 'secret' })).rejects.toThrow(/depends on the other rows[^\d]*$/)
  })

  test(
    'are recorded and drawn if the seed is public, so the search above would find them',
    { timeout: 60_000 },
    async () => {
      const options = optionsOf({ shifted: 0 }, training)
      const run = await executeRun(options, 0, { salt })
      const kept = [...run.artifacts.blobs.values()].map((bytes) => new TextDecoder('latin1').decode(bytes)).join('\n')
      const [, shifted] = worldsOf(options)
      expect(levelsOf(shifted, null).filter((level) => kept.includes(level)).length).toBeGreaterThan(32)
    },
  )
})

describe('the salt', () => {
  const options = optionsOf({ shifted: 'secret' }, training)

  test('is part of a task’s identity by its hash, only in tasks that play a secret suite', () => {
    const inputsOf = (own: string) =>
      new Map(planOf(options, 0, own).map(({ key, inputs }) => [key, JSON.stringify(inputs)]))
    const [one, same, another] = [inputsOf(salt), inputsOf(salt), inputsOf(other)]
    expect(same).toEqual(one)
    const changed = [...one.keys()].filter((key) => one.get(key) !== another.get(key))
    expect(changed).toEqual(['evaluate@0', 'evaluate@512', 'references@shifted'])
    for (const key of changed) expect(one.get(key)).toContain(saltHash)
  })

  test.each([
    ['another one', other],
    ['none', undefined],
  ])('where a worker has %s, the task is given back with both hashes and without the salt', async (_, own) => {
    const task = planOf(options, 0, salt).find(({ key }) => key === 'references@shifted')!
    const world: World = {
      artifacts: createMemoryArtifacts(),
      checkpoints: new Map(),
      results: new Map(),
      ...(own === undefined ? {} : { salt: own }),
    }
    const refusal = await executeTask(task, world).catch((error: unknown) => error as Error & { code: string })
    expect(refusal).toMatchObject({ code: 'unavailable' })
    const { message } = refusal as Error
    expect(message).toContain(saltHash)
    expect(message).toContain(own === undefined ? 'no salt' : hashSalt(own))
    expect(message).toContain('GOALPOST_SUITE_SALT')
    expect(message.includes(salt) || message.includes(other)).toBe(false)
  })

  test('is needed for a secret suite, and the issue names the field and the remedy', () => {
    expect(issuesOf(options, null)).toEqual([
      {
        pointer: '/suites/1/seed',
        message: expect.stringContaining('no salt'),
        remedy: expect.stringContaining('GOALPOST_SUITE_SALT'),
      },
    ])
  })

  test('of a stored spec is named by its hash: it resolves to itself, and is refused after a change of salt', () => {
    const stored = resolve(options)
    expect(resolve(stored.options)).toEqual(stored)
    expect(issuesOf(stored.options, hashSalt(other))).toMatchObject([
      { pointer: '/suites/1/seed', message: expect.stringContaining(`${saltHash}`) },
    ])
  })

  test.each([
    ['public', /must be .*secret/],
    [-1, /at least 0/],
    [{ secret: 'no hash' }, /SHA-256/],
  ])('is not asked for by the seed %j', (seed, expected) => {
    expect(JSON.stringify(issuesOf(optionsOf({ shifted: seed as string }), saltHash))).toMatch(expected)
  })

  test('hides nothing if all levels are few enough to try', () => {
    const [iid, shifted] = options.suites as JsonObject[]
    expect(issuesOf({ ...options, suites: [iid, { ...shifted, levels: 63 }] } as JsonObject, saltHash)).toMatchObject([
      { pointer: '/suites/1/levels', remedy: expect.stringContaining('64') },
    ])
  })
})

describe('publishing', () => {
  const options = optionsOf({ shifted: 'secret' }, training)
  const experiment = '01a1fd2c-5ff8-7000-8000-000000000000'

  /** Publishing reads only the references' files. */
  async function playedEvidence(): Promise<Evidence> {
    const world: World = { artifacts: createMemoryArtifacts(), checkpoints: new Map(), results: new Map(), salt }
    const task = planOf(options, 0, salt).find(({ key }) => key === 'references@shifted')!
    world.results.set(task.key, await executeTask(task, world))
    return evidenceOf(options, world)
  }

  function use(evidence: Evidence, given: JsonObject = {}, own: string | undefined = salt) {
    const resolution = publish.resolve({ experiment, ...given })
    if (!resolution.ok) return resolution
    const choice = publish.choose!(resolution.arguments, evidence)
    if (!choice.ok) return choice
    const chosen = { chosen: choice.chosen }
    return publish.run(resolution.arguments, evidence.artifacts, own === undefined ? chosen : { ...chosen, salt: own })
  }

  test('returns the file whose SHA-256 is the suite hash in the report', async () => {
    const evidence = await playedEvidence()
    const outcome = use(evidence)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
    const [file] = outcome.files
    const { facts } = (publish.choose!({ experiment }, evidence) as unknown as { chosen: ChosenSuites }).chosen
      .suites[0]
    const { hash } = decodeSuiteFacts(evidence.artifacts.get(facts)!)
    expect(outcome.files).toHaveLength(1)
    expect(hashSalt(file.text)).toBe(hash)
    expect(outcome.data).toMatchObject({ saltHash, suites: [{ name: 'shifted', conditions: ['c'], levels: 64, hash }] })
    expect(outcome.report.summary).toMatch(/sha256sum.*another salt/s)
    expect(JSON.stringify(outcome)).not.toContain(salt)
    const [, world] = worldsOf(options)
    const { levels } = JSON.parse(file.text) as { levels: JsonObject[] }
    expect(levels).toHaveLength(64)
    expect(levels.map(canonicalJson)).toEqual(
      levelsOf(world, salt).map((level) => canonicalJson(JSON.parse(level) as JsonObject)),
    )
  })

  test('is for operators', () => {
    expect(publish.forOperators).toBe(true)
  })

  const issueOf = (outcome: ReturnType<typeof use>) => (outcome.ok ? null : outcome.issues[0])

  test('is refused before the end, with the remaining work', async () => {
    const evidence = await playedEvidence()
    const running = evidence.conditions.map((condition) => ({
      ...condition,
      runs: [...condition.runs, { seed: 1, state: 'waiting' as const, tasks: [] }],
    }))
    expect(issueOf(use({ ...evidence, conditions: running }))).toMatchObject({
      pointer: '/experiment',
      message: expect.stringContaining('1 of its runs'),
    })
  })

  test('is refused if nothing was judged by the suite, if it is not secret, or if the salt was changed', async () => {
    const evidence = await playedEvidence()
    const bare = evidence.conditions.map((condition) => ({ ...condition, runs: [] }))
    expect(issueOf(use({ ...evidence, conditions: bare }))?.message).toMatch(/nothing was judged/)
    expect(issueOf(use(evidence, { suite: 'iid' }))).toMatchObject({
      pointer: '/suite',
      message: expect.stringContaining('iid'),
    })
    expect(issueOf(use(evidence, {}, other))?.message).toContain(hashSalt(other))
    expect(issueOf(use(evidence, {}, ''))?.message).toContain(saltHash)
    const open = evidence.conditions.map((condition) => ({ ...condition, ...resolve(optionsOf({ shifted: 0 })) }))
    expect(issueOf(use({ ...evidence, conditions: open }))?.message).toMatch(/no secret suite/)
  })

  test('is the remedy for a replay on a secret suite', () => {
    const result: TaskResult = { measures: [], artifacts: [] }
    const runs = [
      {
        seed: 0,
        state: 'succeeded' as const,
        tasks: [{ key: 'evaluate@512', kind: 'evaluate', inputs: { step: 512 }, result }],
      },
    ]
    const given = { policy: `${experiment}:c`, suite: 'shifted', episodes: 1 }
    const choose = () =>
      chooseEpisodes(given, { experiment: 'e', conditions: [{ name: 'c', ...resolve(options), runs }] }, readPlayed)
    expect(choose).toThrow(/levels of shifted are secret/)
  })
})
