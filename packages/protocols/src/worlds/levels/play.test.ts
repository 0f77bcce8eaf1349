import type { JsonObject } from '@goalpost/contracts'
import { environments } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { play } from './play.ts'

function answer(given: JsonObject) {
  const resolution = play.resolve(given)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const outcome = play.run(resolution.arguments, new Map())
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
  return outcome.data as { drawing: string; game: { lines: string[]; status: string; over: boolean } }
}

const corner = { environment: 'corner', level: '#####\n#...#\n#.@.#\n#..c#\n#####' }

test('each action changes the picture and the returns, until the episode ends', () => {
  const { game: before } = answer(corner)
  const { game: moved } = answer({ ...corner, actions: 'down' })
  const { game: won } = answer({ ...corner, actions: 'down right' })
  expect(moved.lines).not.toEqual(before.lines)
  expect([before.over, moved.over, won.over]).toEqual([false, false, true])
  expect(before.status).toMatch(/^step 0\/\d+  cheese 0\.000  corner 0\.000$/)
  expect(won.status).toMatch(/^step 2\/\d+  cheese 0\.\d+  corner 0\.000  the episode has ended$/)
})

test.each([...environments.keys()])('a level of %s is drawn without naming one, and can be played', (environment) => {
  const first = answer({ environment, index: 1 })
  expect(first.game.lines.length).toBeGreaterThan(3)
  expect(answer({ environment, index: 1, actions: 'stay' }).drawing).toBe(first.drawing)
})

test('without a level or an environment there is nothing to play', () => {
  const resolution = play.resolve({})
  expect(resolution.ok && play.run(resolution.arguments, new Map())).toMatchObject({
    ok: false,
    issues: [{ pointer: '/level', remedy: 'Name a level, or an `environment`' }],
  })
})
