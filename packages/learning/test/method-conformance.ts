import { createEngine, type Engine } from '@goalpost/engine'
import type { Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import type { Instructor } from '../src/methods/goal-conditioned/tell-levels.ts'
import type { LevelTools } from '../src/methods/curriculum/level-tools.ts'
import type { Method, Training, TrainingSetup } from '../src/methods/method.ts'
import type { Judge } from '../src/methods/judge/judge.ts'
import type { Narrator } from '../src/methods/judge/judge-method.ts'
import type { LevelBuilder } from '../src/methods/paired/paired-method.ts'
import type { NetworkSpec } from '../src/networks/network-spec.ts'
import { createNetwork } from '../src/networks/network.ts'
import { SnapshotError } from '../src/snapshots/sections.ts'
import { corridorShape, createCorridorSimulator, drawCorridor, type CorridorLevel } from './corridor.ts'
import { corridorTools } from './corridor-tools.ts'
import { corridorExpert, treadmillExpert } from './experts.ts'
import { createTreadmill, treadmillShape, type TreadmillLevel } from './treadmill.ts'

export const mlp: NetworkSpec = { kind: 'mlp', hidden: [8], activation: 'relu', crop: 0 }
const lstm: NetworkSpec = { kind: 'lstm', trunk: mlp, width: 8 }

type Change<Level> = {
  readonly engine?: Engine
  readonly seed?: number
  readonly network?: NetworkSpec
  readonly yieldToEventLoop?: () => Promise<void>
  readonly levelOf?: (index: number) => Level
  readonly goalLevelOf?: (index: number) => Level
  readonly simulator?: (batch: number) => Simulator<Level>
  readonly tools?: LevelTools<Level>
  /** Null: none. */
  readonly expert?: null
  /** Null: none. */
  readonly instructor?: null
  /** Null: none. */
  readonly narrator?: null
  readonly judge?: Judge
  /** Null: none. */
  readonly builder?: null
  readonly demonstrator?: NonNullable<TrainingSetup<Level>['world']['demonstrator']>
}

/** Goals are told at either end. */
export const corridorInstructor: Instructor<CorridorLevel> = {
  placeOf: ({ goal }) => [0, goal],
  moveGoal: ({ start }, random) => ({ start, goal: random.integer(2) * 6 }),
  channel: 1,
}

/** Starts are chosen among the inner cells, goals among the ends. */
const corridorBuilder: LevelBuilder<CorridorLevel> = {
  rows: 1,
  columns: 7,
  build: ({ start, goal }) => ({ start: 1 + (start % 5), goal: goal < 4 ? 0 : 6 }),
}

/** Says whether an episode ended at its goal, and where it was at the left end. */
export const corridorNarrator: Narrator<CorridorLevel> = {
  describe: ({ level, actions, reached: [goal, left] }) =>
    [
      `from ${level.start}, goal ${level.goal}: ${actions.map((action) => '<>'[action]).join('')}`,
      ...goal.map((step) => `goal at ${step}`),
      ...left.map((step) => `left end at ${step}`),
    ].join('\n'),
  claims: ['goal at', 'left end at'],
}

/** Says yes to what reached the goal, and of some steps nothing. It does not read what is said of the proxy. */
const corridorJudge: Judge = async (texts) =>
  texts.map((text) => {
    const step = /goal at (\d+)/.exec(text)?.[1]
    if (step === undefined) return 0
    return Number(step) % 5 === 0 ? { missing: 'refused' } : 1
  })

/** A training on corridors. */
export async function walk(method: Method, change: Change<CorridorLevel> = {}): Promise<Training> {
  const stream = createStream(change.seed ?? 1)
  const levels = stream.named('levels')
  const goalLevels = stream.named('goal levels')
  const setup: TrainingSetup<CorridorLevel> = {
    engine: change.engine ?? (await createEngine('tfjs:wasm')),
    network: createNetwork(change.network ?? mlp, { observation: corridorShape, actions: 2 }),
    world: {
      simulator: change.simulator ?? createCorridorSimulator,
      levelOf: change.levelOf ?? ((index) => drawCorridor(levels, index)),
      discount: 0.99,
      proxyAggregate: 'discounted',
      continuing: false,
      ...(change.expert === null ? {} : { demonstrator: change.demonstrator ?? corridorExpert }),
      levelTools: change.tools ?? corridorTools,
      ...(change.instructor === null ? {} : { instructor: corridorInstructor }),
      goalLevelOf: change.goalLevelOf ?? ((index) => drawCorridor(goalLevels, index)),
      ...(change.narrator === null ? {} : { narrator: corridorNarrator }),
      judge: change.judge ?? corridorJudge,
      ...(change.builder === null ? {} : { builder: corridorBuilder }),
    },
    iterations: 10,
    stream,
    yieldToEventLoop: change.yieldToEventLoop ?? (async () => {}),
  }
  return method.start(setup)
}

/** A training on the treadmill, which is never reset. */
export async function run(method: Method, network: NetworkSpec): Promise<Training> {
  const setup: TrainingSetup<TreadmillLevel> = {
    engine: await createEngine('tfjs:wasm'),
    network: createNetwork(network, { observation: treadmillShape, actions: 2 }),
    world: {
      simulator: createTreadmill,
      levelOf: (index) => ({ start: index % 5 }),
      discount: 0.99,
      proxyAggregate: 'discounted',
      continuing: true,
      demonstrator: treadmillExpert,
    },
    iterations: 10,
    stream: createStream(4),
    yieldToEventLoop: async () => {},
  }
  return method.start(setup)
}

function throws(run: () => void): boolean {
  try {
    run()
    return false
  } catch {
    return true
  }
}

async function iterate(training: Training, times: number): Promise<Training> {
  for (let i = 0; i < times; i++) await training.iterate()
  return training
}

/** The same corridors with another proxy: only the measures differ. */
function createOtherProxy(batch: number): Simulator<CorridorLevel> {
  const inner = createCorridorSimulator(batch)
  const proxyRewards = new Float32Array(batch)
  return {
    ...inner,
    goalRewards: [inner.goalRewards[0], proxyRewards],
    step(actions) {
      inner.step(actions)
      proxyRewards.forEach((_, slot) => (proxyRewards[slot] = 7 - 3 * inner.goalRewards[1][slot]!))
    },
  }
}

type Abilities = {
  /** Default: true. */
  readonly continuing?: boolean
  /** Whether a network with a memory is tried, too; false where the trainer alone handles it. Default: true. */
  readonly memory?: boolean
}

/** Another run repeats a moment that failed. */
const momentSeed = Number(process.env['GOALPOST_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** The iteration after which a training of this method is resumed: 2 to 9. */
function drawMoment(name: string): number {
  return 2 + createStream(momentSeed).named(name).at(0).integer(8)
}

/** The guarantees of every method. Its options must be small: tens of milliseconds per iteration. */
export function describeMethod(create: () => Method, { continuing = true, memory = true }: Abilities = {}): void {
  const method = create()
  type World = readonly [name: string, start: () => Promise<Training>]
  const withMemory: World = ['episodes, with a memory', () => walk(create(), { network: lstm })]
  const episodic: readonly World[] = [['episodes', () => walk(create())], ...(memory ? [withMemory] : [])]
  const endless: typeof episodic = [
    ['a world that is never reset', () => run(create(), mlp)],
    ['a world that is never reset, with a memory', () => run(create(), lstm)],
  ]
  const worlds = [...episodic, ...(continuing ? endless : [])]

  describe(`the method ${method.name}`, () => {
    test('gives equal bytes for equal seeds, and other bytes for another seed', async () => {
      const trained = async (seed: number) => (await iterate(await walk(create(), { seed }), 2)).save()
      const first = await trained(7)
      expect(await trained(7)).toEqual(first)
      expect((await trained(8)).policy).not.toEqual(first.policy)
    })

    // One moment is always the same; the other is drawn anew by every run of the tests; the title has its seed.
    const drawn = drawMoment(method.name)
    const resumes = worlds.flatMap(([name, start]) => [1, drawn].map((after) => ({ name, after, start })))
    const title = `resumes after iteration $after as if uninterrupted: $name (GOALPOST_TEST_SEED=${momentSeed})`
    test.each(resumes)(title, async ({ after, start }) => {
      const undisturbed = await iterate(await start(), after)
      const parts = await undisturbed.save()
      expect(Object.keys(parts.state)).toEqual(method.stateParts)
      // A different training: all of its state must be replaced.
      const resumed = await iterate(await start(), 3)
      resumed.restore(parts)
      expect(resumed.stepsDone()).toBe(undisturbed.stepsDone())
      for (let i = 0; i < 2; i++) expect(await resumed.iterate()).toEqual(await undisturbed.iterate())
      expect(await resumed.save()).toEqual(await undisturbed.save())
      expect(resumed.levelsDrawn()).toEqual(undisturbed.levelsDrawn())
    })

    test.each(method.stateParts)('refuses a checkpoint without its part %s', async (name) => {
      const training = await walk(create())
      const { policy, state } = await training.save()
      const { [name]: _, ...rest } = state
      expect(() => training.restore({ policy, state: rest })).toThrow(
        expect.objectContaining({ code: 'artifact-missing' }),
      )
    })

    test('restores all of a checkpoint or, if its levels cannot be read, nothing', async () => {
      const stored = await (await iterate(await walk(create(), { seed: 9 }), 2)).save()
      let readable = true
      const read = (text: string) => {
        if (!readable) throw new SnapshotError('its levels cannot be read')
        return corridorTools.read(text)
      }
      const training = await iterate(await walk(create(), { tools: { ...corridorTools, read } }), 1)
      const before = await training.save()
      readable = false
      const refused = throws(() => training.restore(stored))
      expect(await training.save()).toEqual(refused ? before : stored)
    })

    test('does not depend on concurrent trainings', async () => {
      const alone = await (await iterate(await walk(create()), 2)).save()
      const [one, other] = [await walk(create()), await walk(create(), { seed: 9 })]
      for (let i = 0; i < 2; i++) await Promise.all([one.iterate(), other.iterate()])
      expect(await one.save()).toEqual(alone)
    })

    test('learns nothing from the proxy, which is only measured', async () => {
      const policyOf = async (change: Change<CorridorLevel>) =>
        (await (await iterate(await walk(create(), change), 2)).save()).policy
      expect(await policyOf({ simulator: createOtherProxy })).toEqual(await policyOf({}))
    })

    test('plays exactly the training levels that it reports as drawn', async () => {
      const stream = createStream(1).named('levels')
      const asked = new Set<number>()
      const levelOf = (index: number) => (asked.add(index), drawCorridor(stream, index))
      const training = await iterate(await walk(create(), { levelOf }), 2)
      const drawn = training.levelsDrawn()
      if (drawn === null) return
      const said = [...drawn].flatMap((episodes, slot) =>
        Array.from({ length: episodes }, (_, episode) => slot + drawn.length * episode),
      )
      expect([...asked].toSorted((a, b) => a - b)).toEqual(said.toSorted((a, b) => a - b))
    })

    test.each(worlds)(
      'reports the same names in every iteration, as finite numbers or with a reason: %s',
      async (_, start) => {
        const training = await start()
        const [first, second] = [await training.iterate(), await training.iterate()]
        expect([first.iteration, second.iteration]).toEqual([1, 2])
        expect([first.steps, second.steps]).toEqual([1, 2].map((n) => n * method.stepsPerIteration))
        expect(training.stepsDone()).toBe(second.steps)
        expect(Object.keys(second.series)).toEqual(Object.keys(first.series))
        for (const value of Object.values(first.series))
          expect(typeof value === 'number' ? Number.isFinite(value) : value.missing !== '').toBe(true)
        expect(first.window === null).toBe(first.episodes.finished > 0)
      },
    )

    test('yields to the event loop while it learns, and rejects when yielding rejects', async () => {
      const cancelled = new Error('cancelled')
      let yields = 0
      const training = await walk(create(), { yieldToEventLoop: async () => void yields++ })
      await training.iterate()
      expect(yields).toBeGreaterThan(1)
      const stopped = await walk(create(), { yieldToEventLoop: () => Promise.reject(cancelled) })
      await expect(stopped.iterate()).rejects.toBe(cancelled)
    })

    test('holds no more tensors after many iterations than after one', async () => {
      const engine = await createEngine('tfjs:wasm')
      const training = await iterate(await walk(create(), { engine }), 1)
      const before = engine.memory()
      await iterate(training, 5)
      expect(engine.memory()).toEqual(before)
    })

    test('leaves no tensor behind', async () => {
      const engine = await createEngine('tfjs:wasm')
      const before = engine.memory()
      const training = await walk(create(), { engine })
      await training.iterate()
      training.dispose()
      expect(engine.memory()).toEqual(before)
    })
  })
}
