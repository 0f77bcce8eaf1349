import { storedOptions } from './stored-options.ts'
import type { JsonObject } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { adviseOn } from './advise.ts'
import { rlShift } from './index.ts'
import { planRun } from './plan.ts'
import type { RlShiftOptions } from './spec.ts'
import type { SuiteWorld } from '../worlds/suites/world-inputs.ts'
import { evaluateTask } from './evaluate-task.ts'

function resolve(options: JsonObject): RlShiftOptions {
  const resolution = rlShift.resolve(options)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return storedOptions(resolution.options)
}

function issuesOf(options: JsonObject): string[] {
  const resolution = rlShift.resolve(options)
  return resolution.ok ? [] : resolution.issues.map(({ pointer, message }) => `${pointer} ${message}`)
}

/** The worlds of the last evaluation, the in-distribution one first. */
function worldsOf(options: JsonObject): readonly SuiteWorld[] {
  const last = planRun(resolve(options), 0).findLast(({ key }) => key.startsWith('evaluate@'))
  if (last === undefined) throw new Error('a run ends with an evaluation')
  return evaluateTask.parse(last.inputs).suites
}

const iid = { name: 'iid', role: 'in-distribution' }
const shifted = (suite: JsonObject) => ({ name: 'shifted', role: 'shifted', ...suite })

test('an experiment stored before this option is evaluated in its training world', () => {
  const { parameters, ...options } = resolve({ environment: 'lava-land', parameters: { size: 5 } })
  const { levelLaw: _, ...before } = parameters
  const tasks = planRun({ ...options, parameters: before } as RlShiftOptions, 0)
  const worlds = tasks.flatMap(({ inputs }) => evaluateTask.read(inputs)?.suites ?? [])
  expect(worlds.length).toBeGreaterThan(2)
  for (const world of worlds) expect(world.parameters).toEqual(before)
})

describe('a suite', () => {
  test('of a corner experiment without shifts is the same as before shifts existed', () => {
    expect(resolve({ environment: 'corner' }).suites).toEqual([
      {
        name: 'in-distribution',
        role: 'in-distribution',
        distribution: 'training',
        parameters: {},
        levels: 2048,
        seed: 0,
      },
      { name: 'shifted', role: 'shifted', distribution: 'distinguishing', parameters: {}, levels: 2048, seed: 0 },
    ])
    expect(worldsOf({ environment: 'corner', parameters: { size: 5 } })[1]).toEqual({
      name: 'shifted',
      environment: 'corner',
      parameters: { size: 5, wallProbability: 0.25, maxSteps: 128, discount: 0.999, ending: 'cheese', cornerSize: 1 },
      levelsFrom: { distribution: 'distinguishing' },
      levels: 2048,
      seed: 0,
    })
  })

  test('takes its shift’s changes, and overrides them with its own', () => {
    const [, plain] = worldsOf({ environment: 'lava-land', suites: [iid, shifted({ shift: 'more-lava' })] })
    expect(plain).toMatchObject({ levelsFrom: { distribution: 'lava' }, parameters: { shiftedLavaThreshold: 0 } })
    const more = { shift: 'more-lava', parameters: { shiftedLavaThreshold: 0.2, maxSteps: 200 } }
    const [, other] = worldsOf({ environment: 'lava-land', suites: [iid, shifted(more)] })
    expect(other.parameters).toMatchObject({ shiftedLavaThreshold: 0.2, maxSteps: 200, size: 13 })
  })

  test('without shift and distribution has the levels of training', () => {
    const [training] = worldsOf({ environment: 'keys', alpha: 0.2, suites: [iid, shifted({ shift: 'many-keys' })] })
    expect(training.levelsFrom).toEqual({ alpha: 0.2 })
  })

  test('that changes only the view is shifted: its levels may be those of training', () => {
    const options = { environment: 'corner', suites: [iid, shifted({ observation: 'flip-vertical' })] }
    expect(issuesOf(options)).toEqual([])
    expect(worldsOf(options).map(({ observation }) => observation)).toEqual([undefined, 'flip-vertical'])
  })

  test('that hides objects is shifted: options name the objects, and the task their channels', () => {
    const observation = { hide: ['dish', 'cheese'] }
    const options = { environment: 'dish', parameters: { dishes: 2 }, suites: [iid, shifted({ observation })] }
    expect(issuesOf(options)).toEqual([])
    expect(resolve(options).suites[1]?.observation).toEqual(observation)
    expect(worldsOf(options)[1]?.observation).toEqual({ hide: ['cheese', 'dish 1', 'dish 2'] })
  })

  test('can hide a leader if there is one', () => {
    const suites = [iid, shifted({ observation: { hide: ['leader'] }, shift: 'decoy' })]
    expect(issuesOf({ environment: 'follow-me', suites })).toEqual([])
  })
})

describe('refused are', () => {
  test.each([
    [{ shift: 'no-such-shift' }, /^\/suites\/1\/shift keys has no shift no-such-shift/],
    [{ distribution: 'nowhere' }, /^\/suites\/1\/distribution keys has no distribution nowhere/],
    [{ agents: { leader: 'expert' } }, /^\/suites\/1\/parameters/],
    [{}, /^\/suites\/1\/distribution .*labelled shifted but has the training levels/],
    [{ observation: 'upside-down' }, /^\/suites\/1\/observation/],
    [{ observation: { hide: [] } }, /^\/suites\/1\/observation/],
    [
      { observation: { hide: ['chests', 'leader'] } },
      /^\/suites\/1\/observation\/hide\/1 keys shows no leader that could be hidden/,
    ],
  ])('a shifted suite of %j', (suite, issue) => {
    expect(issuesOf({ environment: 'keys', suites: [iid, shifted(suite)] })[0]).toMatch(issue)
  })
})

test('a world without resets is trained in, evaluated only with a step limit, and advised on without playing', async () => {
  const limited = { name: 'iid', role: 'in-distribution', parameters: { maxSteps: 50 } }
  const suite = (parameters: JsonObject) => ({ name: 's', role: 'shifted', parameters })
  const world = (parameters: JsonObject) => ({
    environment: 'tree-gridworld',
    parameters: { maxSteps: null },
    suites: [limited, suite(parameters)],
  })
  expect(issuesOf(world({})).join('\n')).toMatch(/\/suites\/1\/parameters .*never reset/)
  expect(resolve({ environment: 'tree-gridworld' }).suites.map(({ parameters }) => parameters['maxSteps'])).toEqual([
    1000, 1000,
  ])
  const options = resolve(world({ maxSteps: 100 }))
  expect(await adviseOn(options)).toEqual([])
})

test('a preview estimates how many levels of a suite training meets, only in small worlds', async () => {
  const told = async (options: JsonObject) => {
    const advice = await adviseOn(resolve({ environment: 'corner', steps: 100_000, ...options }))
    return advice
      .filter((line) => line.includes('training of one seed'))
      .map((line) => line.replace(/ also occur.*from/, ':'))
  }
  expect(await told({ parameters: { size: 9 } })).toEqual([])
  const small = await told({ parameters: { size: 3, maxSteps: 20 } })
  expect(small).toHaveLength(2)
  for (const line of small)
    expect(line).toMatch(/^At least [1-9]\d % of the levels of (in-distribution|shifted): 5000 draws/)
  // A suite in distribution is drawn separately from training's levels, although they are few.
  expect(await told({ parameters: { size: 3, maxSteps: 20 }, levels: 2 })).toEqual([])
})

test('resolving twice changes nothing, for any shift', () => {
  const suites = [iid, shifted({ shift: 'more-lava', observation: 'flip-vertical' })]
  const options = resolve({ environment: 'lava-land', suites })
  expect(resolve(options as unknown as JsonObject)).toEqual(options)
})
