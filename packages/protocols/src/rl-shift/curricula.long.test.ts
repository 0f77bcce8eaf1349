import type { JsonObject } from '@goalpost/contracts'
import { resultHash } from '@goalpost/experiments'
import { describe, expect, test } from 'vitest'
import { executeRun, executeTask, planOf, type World } from '../../test/execute-run.ts'
import { rlShift } from './index.ts'

const tiny: JsonObject = {
  environment: 'corner',
  parameters: { size: 3, maxSteps: 8, discount: 0.95 },
  alpha: 0.25,
  steps: 4 * 256,
  network: { kind: 'mlp', hidden: [16], crop: 1 },
  ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2, learningRate: 0.01 },
  evaluation: { checkpoints: 2, curveLevels: 16, batch: 32, recorded: 0 },
  suites: [
    { name: 'iid', role: 'in-distribution', distribution: 'training', levels: 64 },
    { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64 },
  ],
}
const accel = { ...tiny, method: { kind: 'accel', bufferSize: 64, regret: 'oracle-latest' } }

const trainOf = (options: JsonObject) => planOf(options, 0).find(({ key }) => key === 'train')!

describe('the plan', () => {
  test('names a method other than PPO in its inputs, with its defaults', () => {
    expect(trainOf({ ...tiny, method: { kind: 'plr' } }).inputs).toMatchObject({
      method: {
        kind: 'plr',
        bufferSize: 4096,
        replayProbability: 0.33,
        temperature: 0.1,
        staleness: 0.1,
        regret: 'max-latest',
      },
    })
  })

  test('is the same for PPO by default, by its name, and as an object', () => {
    const plan = planOf(tiny, 0)
    expect(planOf({ ...tiny, method: 'ppo' }, 0)).toEqual(plan)
    expect(planOf({ ...tiny, method: { kind: 'ppo' } }, 0)).toEqual(plan)
  })

  test('does not look for training levels in suites where they cannot be drawn again', () => {
    const last = (options: JsonObject) => planOf(options, 0).find(({ key }) => key === 'evaluate@1024')!.inputs
    expect(last(tiny)).toHaveProperty('training')
    expect(last(accel)).not.toHaveProperty('training')
    expect(last({ ...tiny, method: { kind: 'modular', goalLevels: 9 } })).toHaveProperty('training.goalModule', {
      alpha: 0.25,
      count: 9,
    })
  })
})

describe('a curriculum is refused', () => {
  const elsewhere = { steps: tiny['steps']!, ppo: tiny['ppo']! }
  const issuesOf = (options: JsonObject, base: JsonObject = tiny) => {
    const resolution = rlShift.resolve({ ...base, ...options })
    return resolution.ok ? [] : resolution.issues.map(({ pointer, message }) => `${pointer} ${message}`)
  }

  test('where episodes may be longer than a rollout, or have no end', () => {
    expect(issuesOf({ method: { kind: 'plr' }, parameters: { size: 3, maxSteps: 9 } })).toEqual([
      '/ppo/rolloutSteps plr plays each level to its end, which takes up to 9 steps (maxSteps), more than the 8 of a rollout',
    ])
    const endless = issuesOf({ method: { kind: 'plr' }, environment: 'tree-gridworld' }, elsewhere)
    expect(endless).toContainEqual(expect.stringMatching(/^\/method\/kind plr scores levels by their episodes/))
  })

  test('without the abilities it needs', () => {
    const lava = { environment: 'lava-land', parameters: { maxSteps: 8 }, method: { kind: 'accel' } }
    expect(issuesOf(lava, elsewhere)).toContainEqual('/method/kind accel edits levels, and lava-land has no edits')
  })

  test('if it searches for levels in a world without edits, or builds more than fits', () => {
    const lava = { environment: 'lava-land', parameters: { maxSteps: 8 } }
    expect(issuesOf({ ...lava, method: { kind: 'adversarial' } }, elsewhere)).toContainEqual(
      '/method/kind adversarial edits levels and knows their optimum, and lava-land has neither',
    )
    expect(issuesOf({ ...lava, method: { kind: 'paired' } }, elsewhere)).toContainEqual(
      '/method/kind paired builds levels, which lava-land does not allow',
    )
    expect(issuesOf({ ...lava, method: { kind: 'goal-conditioned' } }, elsewhere)).toContainEqual(
      '/method/kind goal-conditioned tells the place of the goal, and moves it, which lava-land does not allow',
    )
    expect(issuesOf({ ...lava, method: { kind: 'modular' } }, elsewhere)).toContainEqual(
      '/method/kind modular tells the place of the goal, and moves it, which lava-land does not allow',
    )
    expect(issuesOf({ method: { kind: 'paired', walls: 8 } })).toEqual([
      '/method/walls 8 walls, start and goal do not fit into 9 cells',
    ])
    expect(issuesOf({ evaluation: { attack: {} }, ...lava }, elsewhere)).toContainEqual(
      '/evaluation/attack Attacks edit levels, and lava-land has no edits',
    )
  })

  test('if modules would have to remember, or a judge to read parts of episodes', () => {
    const lstm = { kind: 'lstm', trunk: { kind: 'mlp', hidden: [16], crop: 1 }, width: 8 }
    expect(issuesOf({ method: { kind: 'modular' }, network: lstm })).toEqual([
      '/network/kind modular joins two modules that decide by what is seen now, and an LSTM remembers',
    ])
    expect(issuesOf({ method: { kind: 'modular' }, levels: 100 })).toEqual([
      '/levels modular moves goals in new levels, not in 100 fixed ones',
    ])
    expect(issuesOf({ method: { kind: 'judge' }, parameters: { size: 3, maxSteps: 9 } })).toEqual([
      '/ppo/rolloutSteps judge plays each level to its end, which takes up to 9 steps (maxSteps), more than the 8 of a rollout',
    ])
    expect(issuesOf({ method: { kind: 'judge', error: 0.6 } })[0]).toMatch(/^\/method\/error /)
  })

  test('for a fixed number of levels, or a buffer smaller than a batch', () => {
    expect(issuesOf({ levels: 100, method: { kind: 'maximin' } })).toEqual([
      '/levels maximin chooses among new levels, not among 100 fixed ones',
    ])
    expect(issuesOf({ method: { kind: 'maximin', bufferSize: 31 } })).toEqual([
      '/method/bufferSize maximin replays 32 different levels at once (ppo.environments), more than the 31 of its buffer',
    ])
  })
})

describe('a run with a method other than PPO', () => {
  const runs = new Map<string, Promise<World>>()
  const runOf = (name: string, options: JsonObject) => {
    const known = runs.get(name) ?? executeRun(options, 0)
    runs.set(name, known)
    return known
  }

  test.each<JsonObject & { kind: string }>([
    { kind: 'plr', bufferSize: 64 },
    { kind: 'accel', bufferSize: 64 },
    { kind: 'maximin', bufferSize: 64 },
    { kind: 'invariance', penalty: 'group-dro' },
    { kind: 'process-supervision', judge: 'proxy-oracle' },
    // Of several trainers.
    { kind: 'paired', walls: 2 },
    { kind: 'ensemble', members: 2 },
    { kind: 'modular', goalLevels: 100, goalAlpha: 1 },
    { kind: 'judge', error: 0.1, bias: 0.5 },
  ])('$kind ends with the same hash when it is resumed', async (method) => {
    const options = { ...tiny, method }
    const world = await runOf(method.kind, options)
    const resumed = await executeTask(trainOf(options), world, world.checkpoints.get(512)!)
    expect(resultHash(resumed)).toBe(resultHash(world.results.get('train')!))
  })

  test('finds the levels of suites from which a goal module has learned', async () => {
    const world = await runOf('goal module', { ...tiny, method: { kind: 'modular', goalLevels: 1000, goalAlpha: 1 } })
    const { artifacts } = world.results.get('evaluate@1024')!
    const shareOf = (suite: string) => {
      const marks = world.artifacts.blobs.get(artifacts.find(({ name }) => name === `trained-on/${suite}`)!.hash)!
      return marks.reduce((sum, mark) => sum + mark, 0) / marks.length
    }
    // Worlds of 3×3 are few. All of its levels have the cheese anywhere; most of those in distribution have it in the corner.
    expect(shareOf('shifted')).toBeGreaterThan(0.02)
    expect(shareOf('shifted')).toBeLessThan(1)
  })

  test('reports steps, curves and the levels that it replays', async () => {
    const world = await runOf('oracle', accel)
    const tasks = planOf(accel, 0).map(({ key, kind, inputs }) => ({
      key,
      kind,
      inputs,
      result: world.results.get(key) ?? null,
    }))
    const runs = [{ seed: 0, state: 'succeeded' as const, tasks }]
    const resolution = rlShift.resolve(accel)
    if (!resolution.ok) throw new Error('the options are valid')
    const conditions = [{ name: 'edited', options: resolution.options, marks: [], runs }]
    const { parts } = rlShift.report({ experiment: 'e', conditions, artifacts: new Map(world.artifacts.blobs) })
    const part = (title: string) => parts.find((one) => one.title === title)
    const steps = part('Environment steps of trainings')
    if (steps?.type !== 'table') throw new Error('there is no table')
    const [name, own, learned, played] = steps.rows[0]!.cells.map((cell) => ('text' in cell ? cell.text : ''))
    expect([name, own, learned]).toEqual(['edited', '1,024', '1,024'])
    expect(Number(played!.replaceAll(',', ''))).toBeGreaterThanOrEqual(7 * 256)
    const curves = part('edited: levels in the buffer and in the replayed batch')
    if (curves?.type !== 'series') throw new Error('there are no curves')
    expect(curves.lines.map((line) => line.name)).toContain('distinguishing, batch')
    expect(curves.lines[0]!.points.map(({ x }) => x)).toEqual([256, 512, 768, 1024])
    const gallery = part('edited: replayed levels of largest score')
    if (gallery?.type !== 'gallery') throw new Error('there is no gallery')
    expect(gallery.pictures).toHaveLength(12)
    expect(gallery.pictures[0]!.lines.join('')).toContain('cheese')
  })
})
