import type { JsonObject } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { rlShift } from './index.ts'

const suites = [
  { name: 'iid', role: 'in-distribution', distribution: 'training', levels: 64 },
  { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64 },
]

function resolve(options: JsonObject) {
  const given = { environment: 'corner', parameters: { size: 5, maxSteps: 32 }, steps: 8192, suites }
  return rlShift.resolve({ ...given, ...options })
}

/** Of the last evaluation. */
function planned(method: JsonObject, evaluation: JsonObject = {}) {
  const resolution = resolve({ method, evaluation: { checkpoints: 1, curveLevels: 16, ...evaluation } })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const last = rlShift.plan(resolution.options, 0).find(({ key }) => key === 'evaluate@8192')
  if (last === undefined) throw new Error('nothing is evaluated')
  return { ...last.work, inputs: last.inputs }
}

const plain = planned({ kind: 'ppo' })

test('planned work counts plays with help and of attacks, which have a pace of their own', () => {
  const ensemble = planned({ kind: 'ensemble', members: 3 })
  // Three members, all alone, and seven shares, asked for and by chance, on 16 levels of each suite.
  expect(ensemble.amount - plain.amount).toBe(2 * (3 + 1 + 14) * 16)
  const attacked = planned({ kind: 'ppo' }, { attack: { levels: 32, rounds: 4 } })
  // Two searches of a start and four rounds, and three plays that judge.
  expect(attacked.amount - plain.amount).toBe((2 * 5 + 3) * 32)
  expect(new Set([plain.sort, ensemble.sort, attacked.sort]).size).toBe(3)
})

test('an attack of too many tries is refused', () => {
  const resolution = resolve({ evaluation: { attack: { levels: 4096, rounds: 17 } } })
  expect(resolution.ok ? [] : resolution.issues.map(({ message }) => message)).toEqual([
    '4096 levels, each attacked for 17 rounds, are 69632 tries, more than the 65536 allowed',
  ])
  expect(resolve({ evaluation: { attack: { levels: 4096, rounds: 16 } } }).ok).toBe(true)
})

test('an ensemble of too many parameters is refused, where one member is not', () => {
  const network = { kind: 'mlp', hidden: [4096, 3500] }
  const issues = (members: number) => {
    const resolution = resolve({ network, method: { kind: 'ensemble', members } })
    return resolution.ok ? [] : resolution.issues.map(({ pointer }) => pointer)
  }
  expect(issues(2)).toEqual([])
  expect(issues(3)).toEqual(['/method/members'])
})

test('two modules of too many parameters are refused, where one policy is not', () => {
  const network = { kind: 'mlp', hidden: [4096, 4096] }
  const issues = (kind: string) => {
    const resolution = resolve({ network, method: { kind } })
    return resolution.ok ? [] : resolution.issues.map(({ pointer, message }) => `${pointer} ${message}`)
  }
  expect(issues('ppo')).toEqual([])
  expect(issues('modular')).toEqual([expect.stringMatching(/^\/network Both modules together have \d+ parameters/)])
})

test('the last evaluation asks goal modules where they point', () => {
  expect(planned({ kind: 'modular' }).inputs).toMatchObject({ pointing: true })
  expect(plain.inputs).not.toHaveProperty('pointing')
})

test('who was trained to be told is told the goal; a control that was told nothing is told nothing', () => {
  expect(planned({ kind: 'goal-conditioned' }).inputs).toMatchObject({ told: true })
  expect(planned({ kind: 'goal-conditioned', instruction: 'shuffled' }).inputs).toMatchObject({ told: true })
  expect(planned({ kind: 'goal-conditioned', instruction: 'none' }).inputs).toMatchObject({ told: 'nothing' })
  expect(plain.inputs).not.toHaveProperty('told')
})
