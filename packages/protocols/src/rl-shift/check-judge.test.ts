import type { JsonObject } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { rlShift } from './index.ts'

function issuesOf(options: JsonObject) {
  const resolution = rlShift.resolve({ method: { kind: 'judge' }, ...options })
  return resolution.ok ? [] : resolution.issues
}
const world = { parameters: { maxSteps: 32 } }

test.each(['lava-land', 'monster-world', 'keys', 'keys-chests', 'tree-gridworld', 'follow-me', 'goal-cycle'])(
  'a judge is refused in %s, whose goals are more than reached or not',
  (environment) => {
    expect(issuesOf({ environment })).toContainEqual({
      pointer: '/method/kind',
      message: expect.stringContaining(`in ${environment} a goal can be rewarded several times, or negatively`),
      remedy: 'Use coinrun, corner, dish, goal-navigation, maze, maze-colour-shape, or another method',
    })
  },
)

test.each(['coinrun', 'corner', 'dish', 'goal-navigation', 'maze', 'maze-colour-shape'])(
  'a judge is accepted in %s',
  (environment) => {
    expect(issuesOf({ environment, ...world })).toEqual([])
  },
)

describe('a model as the judge', () => {
  const withJudge = (judge: JsonObject, method: JsonObject = {}) =>
    issuesOf({
      environment: 'corner',
      ...world,
      method: {
        kind: 'judge',
        judge: { kind: 'endpoint', baseUrl: 'https://api.example.com/v1', model: 'm', ...judge },
        ...method,
      },
    })

  test('is accepted with a limit and prices, and refused with a limit alone', () => {
    expect(withJudge({ costLimit: 1, prices: { input: 1, output: 1 } })).toEqual([])
    expect(withJudge({ costLimit: 1 })).toEqual([expect.objectContaining({ pointer: '/method/judge/costLimit' })])
  })

  test('has none of the stated faults of a simulated one', () => {
    expect(withJudge({}, { error: 0.1, bias: 0.2 }).map(({ pointer }) => pointer)).toEqual([
      '/method/error',
      '/method/bias',
    ])
  })

  test('a key in the spec is refused, and not repeated', () => {
    const key = 'sk-live-0123456789abcdefghij'
    for (const place of [{ apiKey: key }, { model: key }, { apiKeyVariable: key }] as JsonObject[]) {
      const issues = withJudge(place)
      expect(JSON.stringify(issues)).toContain('A key has no place in a spec')
      expect(JSON.stringify(issues)).not.toContain(key)
    }
  })
})
