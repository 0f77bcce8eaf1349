import type { JsonObject, TablePart } from '@goalpost/contracts'
import { environments } from '@goalpost/environments'
import { resultHash } from '@goalpost/experiments'
import { describe, expect, test } from 'vitest'
import { executeRun, executeTask, planOf } from '../../test/execute-run.ts'
import { rlShift } from './index.ts'

/** Worlds small enough to train in within a second. */
const small: Readonly<Record<string, JsonObject>> = {
  coinrun: { difficulty: 1, maxSteps: 24 },
  'follow-me': { size: 5, beacons: 2, maxSteps: 16 },
  'goal-cycle': { size: 4, spheres: 3, maxSteps: 16 },
  'goal-navigation': { size: 8, maxSteps: 16 },
  'keys-chests': { size: 5, difficulty: 0, maxSteps: 16 },
  keys: { size: 4, few: 2, many: 4, maxSteps: 16 },
  'lava-land': { size: 4, maxSteps: 16 },
  maze: { size: 5, view: 'pixels', pixels: 10, maxSteps: 16 },
  'maze-colour-shape': { size: 3, pixels: 9, maxSteps: 16 },
  'monster-world': { size: 5, apples: 2, shields: 3, monsters: 2, maxSteps: 16 },
}

const shiftsOf = (environment: string) => (environments.get(environment)?.shifts ?? []).map(({ name }) => name)

function optionsFor(environment: string): JsonObject {
  return {
    environment,
    parameters: small[environment] ?? {},
    steps: 6 * 256,
    network: { kind: 'mlp', hidden: [16] },
    ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2 },
    evaluation: { checkpoints: 3, curveLevels: 16, batch: 32 },
    suites: [
      { name: 'iid', role: 'in-distribution', levels: 32 },
      ...shiftsOf(environment).map((shift) => ({ name: shift, role: 'shifted', shift, levels: 32 })),
    ],
  }
}

describe.each(Object.keys(small))('%s', (name) => {
  const options = optionsFor(name)
  const measured =
    environments.get(name)?.measures(environments.get(name)?.parameters.parse(small[name])).measures ?? []

  test('trains, is evaluated in every shift with its own measures, and reports them', async () => {
    const world = await executeRun(options, 0)
    const last = world.results.get('evaluate@1536')
    const suites = ['iid', ...shiftsOf(name)]
    for (const suite of suites)
      for (const measure of measured) {
        const found = last?.measures.find(
          ({ name: title, labels }) =>
            title === measure.name && labels['suite'] === suite && labels['acting'] === 'greedy',
        )
        expect(found, `${measure.name} on ${suite}`).toBeDefined()
      }
    const resolution = rlShift.resolve(options)
    if (!resolution.ok) throw new Error('the options are valid')
    const tasks = planOf(options, 0).map(({ key, kind, inputs }) => ({
      key,
      kind,
      inputs,
      result: world.results.get(key) ?? null,
    }))
    const runs = [{ seed: 0, state: 'succeeded' as const, tasks }]
    const conditions = [{ name: 'c', options: resolution.options, marks: [], runs }]
    const { parts } = rlShift.report({ experiment: 'e', conditions, artifacts: world.artifacts.blobs })
    const tables = parts.filter((part): part is TablePart => part.type === 'table').map(({ title }) => title)
    for (const suite of suites) expect(tables).toContain(`Measures on suite ${suite}`)
    expect(parts.some(({ type }) => type === 'picture')).toBe(true)
  })

  test('resumed in the middle of its episodes, ends with the hash of an uninterrupted training', async () => {
    const world = await executeRun(options, 1)
    const [train] = planOf(options, 1)
    const resume = world.checkpoints.get(1024) ?? null
    expect(resume).not.toBeNull()
    const undisturbed = world.results.get('train')
    if (undisturbed === undefined) throw new Error('there was a training')
    expect(resultHash(await executeTask(train, world, resume))).toBe(resultHash(undisturbed))
  })
})
