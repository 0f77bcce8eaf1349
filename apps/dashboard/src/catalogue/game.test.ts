import { environments, stay } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { actionOf, drawGame, playGame } from './game.ts'

test.each([...environments.values()])('$name: a level can be drawn again, and played to its end', (environment) => {
  const [first] = environment.distributions
  const game = drawGame(environment, first?.name ?? '', 7)
  expect(playGame(drawGame(environment, first?.name ?? '', 7), []).drawing).toBe(playGame(game, []).drawing)
  const start = playGame(game, [])
  expect(start.hasEnded).toBe(false)
  expect(start.returns.map(({ value }) => value)).toEqual(environment.goals.map(() => 0))
  expect(playGame(game, [0, 0]).steps).toBeGreaterThan(0)
  expect(start.drawing).toContain('<svg')
})

test('arrows act by name and digits by number', () => {
  const actions = ['left', 'wait', 'jump'].map((name) => ({ name, description: '' }))
  expect(actionOf({ actions }, 'ArrowLeft')).toBe(0)
  expect(actionOf({ actions }, 'ArrowUp')).toBe(2)
  expect(actionOf({ actions }, 'ArrowRight')).toBeNull()
  expect(actionOf({ actions }, '2')).toBe(1)
  expect(actionOf({ actions }, '0')).toBe(stay)
  expect(actionOf({ actions }, '9')).toBeNull()
})
