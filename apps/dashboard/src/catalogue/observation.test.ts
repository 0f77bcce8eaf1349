import { environments } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { drawGame } from './game.ts'
import { observe, pixelsOf, setCells } from './observation.ts'

const gameOf = (name: string) => {
  const environment = environments.get(name)
  if (environment === undefined) throw new Error(`no ${name}`)
  return drawGame(environment, environment.distributions[0]?.name ?? '', 3)
}

test.each([...environments.values()])(
  '$name: an observation has a value for every place and channel',
  (environment) => {
    const { spec, values } = observe(gameOf(environment.name), [])
    expect(values.length).toBe(spec.shape[0] * spec.shape[1] * spec.shape[2])
  },
)

test('a channel shows the mouse where it stands, and where it went', () => {
  const game = gameOf('corner')
  const mouse = observe(game, []).spec.channels.indexOf('mouse')
  const [before, ...others] = setCells(observe(game, []), mouse)
  expect(others).toEqual([])
  const moves = game.environment.actions.map((_, action) => setCells(observe(game, [action]), mouse)[0])
  const distances = moves.map((after) =>
    before === undefined || after === undefined
      ? null
      : Math.abs(after.row - before.row) + Math.abs(after.column - before.column),
  )
  expect(distances).toContain(1)
  expect(Math.max(...distances.map((distance) => distance ?? 99))).toBe(1)
})

test('pixels get an opaque fourth value', () => {
  const spec = { shape: [1, 2, 3] as const, channels: ['red', 'green', 'blue'], element: 'byte' as const }
  expect([...pixelsOf({ spec, values: Uint8Array.of(1, 2, 3, 4, 5, 6) })]).toEqual([1, 2, 3, 255, 4, 5, 6, 255])
})
