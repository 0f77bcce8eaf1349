import type { JsonObject } from '@goalpost/contracts'
import { expect, test } from 'vitest'
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
