import type { JsonObject } from '@goalpost/contracts'
import type { ConditionEvidence } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { artifactNames } from '../worlds/artifact-names.ts'
import { rlShift } from './index.ts'
import { leagueSlot } from './league-slot.ts'
import { encodeCurriculumLog } from './subjects/trained/curriculum-log.ts'

function optionsOf(given: JsonObject): JsonObject {
  const resolution = rlShift.resolve({
    environment: 'corner',
    parameters: { size: 5, maxSteps: 32 },
    steps: 8192,
    ...given,
  })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution.options
}

/** Two seeds that played 20,000 and 30,000 steps. */
function curriculum(): { condition: ConditionEvidence; artifacts: Map<string, Uint8Array> } {
  const artifacts = new Map<string, Uint8Array>()
  const runs = [20_000, 30_000].map((played, seed) => {
    const hash = String(seed).repeat(64)
    const points = [{ steps: 8192, series: { 'environment steps played': played } }]
    artifacts.set(hash, encodeCurriculumLog({ points, levels: [] }))
    const file = { name: artifactNames.curriculum, hash, bytes: 1, mediaType: 'application/json', evidence: true }
    const result = { measures: [], artifacts: [file] }
    return { seed, state: 'succeeded' as const, tasks: [{ key: 'train', kind: 'train', inputs: {}, result }] }
  })
  return { condition: { name: 'plr', options: optionsOf({ method: { kind: 'plr' } }), marks: [], runs }, artifacts }
}

test('curricula cost the steps that they play, other methods those that they learn from', () => {
  const { condition, artifacts } = curriculum()
  const [learned, played] = leagueSlot.costs(condition, artifacts)
  expect([learned!.value, played!.value]).toEqual([8192, 25_000])
  const plain = { ...condition, options: optionsOf({}), runs: [] }
  expect(leagueSlot.costs(plain, new Map()).map(({ value }) => value)).toEqual([8192, 8192])
})

test('a condition’s place in a league is its environment, kind of method and α', () => {
  expect(leagueSlot.place(optionsOf({ alpha: 0.1 }))).toEqual({
    task: 'corner',
    method: 'ppo',
    over: 'alpha',
    value: 0.1,
  })
  expect(leagueSlot.place(optionsOf({ method: { kind: 'accel' } })).method).toBe('accel')
})
