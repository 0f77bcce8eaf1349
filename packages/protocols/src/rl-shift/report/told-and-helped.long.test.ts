import type { JsonObject, ReportPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { executeRun, planOf } from '../../../test/execute-run.ts'
import { rlShift } from '../index.ts'
import { isHeldOut } from '../held-out-places.ts'

const tiny: JsonObject = {
  environment: 'corner',
  parameters: { size: 3, maxSteps: 8, discount: 0.95 },
  alpha: 0.25,
  steps: 2 * 256,
  network: { kind: 'mlp', hidden: [16], crop: 1 },
  ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2, learningRate: 0.01 },
  evaluation: { checkpoints: 1, curveLevels: 48, batch: 32, recorded: 0, acting: ['sampled'], hidden: false },
  suites: [
    { name: 'iid', role: 'in-distribution', distribution: 'training', levels: 64 },
    { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64 },
  ],
}

async function reportOf(method: JsonObject, evaluation: JsonObject = {}) {
  const options = { ...tiny, method, evaluation: { ...(tiny['evaluation'] as JsonObject), ...evaluation } }
  const world = await executeRun(options, 0)
  const tasks = planOf(options, 0).map(({ key, kind, inputs }) => ({
    key,
    kind,
    inputs,
    result: world.results.get(key) ?? null,
  }))
  const resolution = rlShift.resolve(options)
  if (!resolution.ok) throw new Error('the options are valid')
  const runs = [{ seed: 0, state: 'succeeded' as const, tasks }]
  const conditions = [{ name: 'c', options: resolution.options, marks: [], runs }]
  const { parts } = rlShift.report({ experiment: 'e', conditions, artifacts: new Map(world.artifacts.blobs) })
  return { parts, evaluated: world.progress?.get('evaluate@512') }
}

function tableIn(parts: readonly ReportPart[], title: string) {
  const part = parts.find((one) => one.title === title)
  if (part?.type !== 'table') throw new Error(`there is no table ${title}`)
  return part.rows.map(({ cells }) =>
    cells.map((cell) => ('text' in cell ? cell.text : 'estimate' in cell ? cell.estimate.value : null)),
  )
}

test('an ensemble is helped from never to always, and help at every step is the oracle', async () => {
  const { parts, evaluated } = await reportOf({ kind: 'ensemble', members: 2 })
  const points = tableIn(parts, 'Help that is asked for, against chance, on shifted')
  const column = (index: number) => points.map((row) => Number(row[index]))
  const [share, byChance, asked, chance, difference] = [1, 2, 3, 4, 5].map(column)
  // Without help, and with help at every step, it does not matter who asks.
  for (const [i, end] of [
    [0, 0],
    [6, 1],
  ] as const)
    expect([share![i], byChance![i], asked![i]]).toEqual([end, end, chance![i]])
  expect([share![3]! > 0, share![3]! < 1]).toEqual([true, true])
  // As often, not as often as was meant: a helped policy plays other states.
  for (const [i, helped] of share!.entries()) expect(Math.abs(byChance![i]! - helped)).toBeLessThan(0.1)
  expect(difference).toEqual(asked!.map((value, i) => value - chance![i]!))
  expect(difference!.some((value) => value !== 0)).toBe(true)
  // With 3 × 3 cells and 8 steps the optimum is near 1.
  expect([asked![0]! < asked![6]!, asked![6]! > 0.85]).toEqual([true, true])
  const [alone, mean, least, best] = tableIn(parts, 'Members and their ensemble, on shifted')[0]!.slice(1).map(Number)
  expect(alone).toBe(asked![0])
  expect([least! < mean!, mean! < best!]).toEqual([true, true])
  const [row] = tableIn(parts, 'Does disagreement warn of the wrong goal, on shifted')
  const [wrong, area] = row!.slice(1).map(Number)
  expect([wrong! > 0, wrong! < 1, area! > 0, area! < 1]).toEqual([true, true, true, true])
  // One play of each suite, and for each two members, all alone, and seven shares, twice.
  expect(evaluated).toEqual({ done: 36, total: 36, unit: 'suites' })
  const steps = tableIn(parts, 'Environment steps of trainings')
  expect(steps).toEqual([['c', '512', '1,024', '1,024']])
})

test('equal members never disagree, so that they never ask and warn of nothing', async () => {
  const { parts } = await reportOf({ kind: 'ensemble', members: 2, diversity: 'none' })
  const points = tableIn(parts, 'Help that is asked for, against chance, on shifted')
  expect(points.map((row) => row[1])).toEqual([0, 0, 0, 0, 0, 0, 1])
  const [row] = tableIn(parts, 'Does disagreement warn of the wrong goal, on shifted')
  expect([row![2], row![5]]).toEqual([0.5, 0.5])
  const [members] = tableIn(parts, 'Members and their ensemble, on shifted')
  expect(members![3]).toBe(members![4])
})

test('told goals are compared by what training told of their place; attacks find levels on which the told policy loses more', async () => {
  // What a policy without chance loses on a level, it loses there again when that is judged.
  const evaluation = { attack: { levels: 48, rounds: 8 }, acting: ['greedy'] }
  const { parts, evaluated } = await reportOf({ kind: 'goal-conditioned' }, evaluation)
  const told = tableIn(parts, 'Told goals on shifted')
  // With α = .25 the mixture shows cheese at all places, so that none was never told.
  expect(told.map(([, place]) => place)).toEqual(['told elsewhere than the sign', 'told only at the sign'])
  for (const [, , levels, share, achieved] of told) {
    expect(Number(levels)).toBeGreaterThan(0)
    // The optimum of a level is below 1.
    expect(Number(share)).toBeGreaterThan(Number(achieved))
    expect(Number(share)).toBeLessThanOrEqual(1)
  }
  const rows = tableIn(parts, 'Levels found by attacks')
  expect(rows.map(([, levels]) => levels)).toEqual(['before', 'found by edits', 'found by draws'])
  const [before, edits, draws] = rows.map(([, , regret]) => Number(regret))
  expect(edits).toBeGreaterThan(before! + 0.05)
  expect(draws).toBeGreaterThan(before! + 0.05)
  expect(rows.map((row) => row[5])).toEqual([1, 1, 1])
  // Edits keep the kind.
  expect(rows[1]![6]).toBe(rows[0]![6])
  // One play of each suite, two searches of a start and eight rounds, and three plays that judge.
  expect(evaluated).toEqual({ done: 23, total: 23, unit: 'suites' })
})

test('a quarter of the places are held out, the top-left cell is not', () => {
  const places = Array.from({ length: 64 }, (_, i) => [1 + Math.floor(i / 8), 1 + (i % 8)] as const)
  expect(places.filter(isHeldOut)).toHaveLength(16)
  expect(isHeldOut([1, 1])).toBe(false)
})

test('a goal module that knows the corner alone points at it in all levels, and the report says so', async () => {
  const { parts } = await reportOf({ kind: 'modular', goalAlpha: 0, goalLevels: 256 })
  const [[, atGoal, cell, atCell, there]] = tableIn(parts, 'Where the goal module points on shifted') as [unknown[]]
  expect([cell, atCell]).toEqual(['1, 1', 1])
  // Then it points at the goal where that is in the corner, and nowhere else.
  expect(atGoal).toBe(there)
  expect(Number(there)).toBeLessThan(0.5)
  const { parts: others } = await reportOf({ kind: 'ppo' })
  expect(others.some(({ title }) => title?.startsWith('Where the goal module'))).toBe(false)
})
