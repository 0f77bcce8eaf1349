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

async function partsOf(method: JsonObject, evaluation: JsonObject = {}): Promise<readonly ReportPart[]> {
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
  return rlShift.report({ experiment: 'e', conditions, artifacts: new Map(world.artifacts.blobs) }).parts
}

function tableIn(parts: readonly ReportPart[], title: string) {
  const part = parts.find((one) => one.title === title)
  if (part?.type !== 'table') throw new Error(`there is no table ${title}`)
  return part.rows.map(({ cells }) =>
    cells.map((cell) => ('text' in cell ? cell.text : 'estimate' in cell ? cell.estimate.value : null)),
  )
}

test('an ensemble is helped from never to always, and help at every step is the oracle', async () => {
  const parts = await partsOf({ kind: 'ensemble', members: 2 })
  const curve = parts.find((part) => part.title === 'Return against help, on shifted')
  if (curve?.type !== 'series') throw new Error('there is no curve')
  const [asked, byChance] = curve.lines.map(({ points }) => points)
  for (const points of [asked!, byChance!]) {
    expect([points[0]!.x, points.at(-1)!.x]).toEqual([0, 1])
    // Without help, and with help at every step, it does not matter who asks.
    expect([points[0]!.y, points.at(-1)!.y]).toEqual([asked![0]!.y, asked!.at(-1)!.y])
  }
  expect(Number(asked!.at(-1)!.y.value)).toBeGreaterThan(Number(asked![0]!.y.value))
  // With 3 × 3 cells and 8 steps the optimum is near 1.
  expect(Number(asked!.at(-1)!.y.value)).toBeGreaterThan(0.85)
  const [row] = tableIn(parts, 'Does disagreement warn of the wrong goal, on shifted')
  expect(row![0]).toBe('c')
  expect(row![2]).toBeGreaterThanOrEqual(0)
})

test('equal members never disagree, so that they never ask and warn of nothing', async () => {
  const parts = await partsOf({ kind: 'ensemble', members: 2, diversity: 'none' })
  const curve = parts.find((part) => part.title === 'Return against help, on shifted')
  if (curve?.type !== 'series') throw new Error('there is no curve')
  expect(curve.lines[0]!.points.map(({ x }) => x)).toEqual([0, 0, 0, 0, 0, 0, 1])
  const [row] = tableIn(parts, 'Does disagreement warn of the wrong goal, on shifted')
  expect([row![2], row![5]]).toEqual([0.5, 0.5])
})

test('told goals are compared by what training told of their place, as shares of the optimum', async () => {
  const rows = tableIn(await partsOf({ kind: 'goal-conditioned' }), 'Told goals on shifted')
  // With α = .25 the mixture shows cheese at all places, so that none was never told.
  expect(rows.map(([, place]) => place)).toEqual(['told elsewhere than the sign', 'told only at the sign'])
  for (const [, , levels, share, achieved] of rows) {
    expect(Number(levels)).toBeGreaterThan(0)
    expect(Number(share)).toBeGreaterThan(Number(achieved))
    expect(Number(share)).toBeLessThanOrEqual(1)
  }
})

test('a control that is told nothing has one row', async () => {
  const rows = tableIn(await partsOf({ kind: 'goal-conditioned', instruction: 'none' }), 'Told goals on shifted')
  expect(rows.map(([, place]) => place)).toEqual(['nothing told (control)'])
})

test('attacks find levels on which the policy loses more than on those they began with', async () => {
  const rows = tableIn(await partsOf({ kind: 'ppo' }, { attack: { levels: 48, rounds: 8 } }), 'Levels found by attacks')
  expect(rows.map(([, levels]) => levels)).toEqual(['before', 'found by edits', 'found by draws'])
  const [before, edits, draws] = rows.map(([, , regret]) => Number(regret))
  expect(edits).toBeGreaterThan(before! + 0.05)
  expect(draws).toBeGreaterThan(before! + 0.05)
  // Edits keep the kind.
  expect(rows[1]![5]).toBe(rows[0]![5])
})

test('a quarter of the places are held out, the top-left cell is not', () => {
  const places = Array.from({ length: 64 }, (_, i) => [1 + Math.floor(i / 8), 1 + (i % 8)] as const)
  expect(places.filter(isHeldOut)).toHaveLength(16)
  expect(isHeldOut([1, 1])).toBe(false)
})
