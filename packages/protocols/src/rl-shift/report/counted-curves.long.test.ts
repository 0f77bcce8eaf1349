import { numberOf } from '../../../test/number-of.ts'
import type { JsonObject } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { executeRun, planOf } from '../../../test/execute-run.ts'
import { rlShift } from '../index.ts'

const options: JsonObject = {
  environment: 'monster-world',
  parameters: { size: 4, apples: 2, shields: 2, monsters: 2, maxSteps: 20, respawn: true },
  steps: 128,
  network: { kind: 'mlp', hidden: [8] },
  ppo: { environments: 16, rolloutSteps: 8, epochs: 1, minibatches: 1 },
  evaluation: { checkpoints: 1, acting: ['sampled'] },
  suites: [
    { name: 'short', role: 'in-distribution', levels: 32 },
    { name: 'long', role: 'shifted', shift: 'long', levels: 32 },
  ],
}

test('measures by number of monsters left are a curve over it on every suite, with the reference policies', async () => {
  const { results, artifacts } = await executeRun(options, 0)
  const resolution = rlShift.resolve(options)
  if (!resolution.ok) throw new Error('the options are valid')
  const tasks = planOf(options, 0).map(({ key, kind, inputs }) => ({
    key,
    kind,
    inputs,
    result: results.get(key) ?? null,
  }))
  const runs = [{ seed: 0, state: 'succeeded' as const, tasks }]
  const conditions = [{ name: 'c', options: resolution.options, marks: [], runs }]
  const { parts } = rlShift.report({ experiment: 'e', conditions, artifacts: new Map(artifacts.blobs) })
  const curves = parts.filter((part) => part.type === 'series' && part.title.startsWith('affinity'))
  expect(curves.map(({ title }) => title)).toEqual([
    'affinity for shields by monsters left, on short',
    'affinity for shields by monsters left, on long',
  ])
  const [, long] = curves
  if (long?.type !== 'series') throw new Error('it is a series')
  expect(long.lines.map(({ name, style }) => `${name} ${style}`)).toEqual([
    'c solid',
    'random dashed',
    'proxy-oracle dashed',
    'true-oracle dashed',
  ])
  const affinityOf = (policy: string) =>
    long.lines.find(({ name }) => name === policy)?.points.map(({ x, y }) => [x, y.value])
  const table = parts.find((part) => part.type === 'table' && part.title === 'Measures on suite long')
  if (table?.type !== 'table') throw new Error('it is a table')
  const column = table.columns.findIndex(({ title }) => title === 'affinity for shields, 0 monsters left')
  const cell = table.rows.find(
    ({ cells: [first] }) => first !== undefined && 'text' in first && first.text === '· true-oracle',
  )
  expect(cell?.cells[column]).toMatchObject({ estimate: { value: affinityOf('true-oracle')?.[0]?.[1] } })
  expect(affinityOf('true-oracle')?.map(([x]) => x)).toEqual([0, 1, 2])
  // A policy that wants shields for their own sake still takes them when no monster is left.
  expect(affinityOf('proxy-oracle')?.[0]?.[1]).toBeGreaterThan(numberOf(affinityOf('true-oracle')?.[0]?.[1]) + 0.3)
})
