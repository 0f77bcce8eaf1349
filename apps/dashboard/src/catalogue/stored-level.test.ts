import type { ProtocolView } from '@goalpost/contracts'
import { environments } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { drawGame, playGame } from './game.ts'
import { parseLevelSearch } from './level-search-params.ts'
import { levelProtocol, readLevel } from './stored-level.ts'

const corner = environments.get('corner')
if (corner === undefined) throw new Error('no corner')
const drawn = drawGame(corner, '', 7)
const level = corner.levelToJson(drawn.level)
const sent = { hash: 'abc', environment: 'corner', parameters: {}, level }

test('a stored level is the one that was drawn', () => {
  const { game, drawing } = readLevel({ ...sent, drawing: '#' })
  expect(game?.level).toEqual(drawn.level)
  expect(drawing).toBe('#')
  if (game !== null) expect(playGame(game, []).drawing).toContain('<svg')
})

test('a level of a suite comes with the number of its levels', () => {
  expect(readLevel({ ...sent, suiteLevels: 64 }).suiteLevels).toBe(64)
  expect([readLevel(sent), readLevel({ ...sent, suiteLevels: null })].map((found) => found.suiteLevels)).toEqual([
    null,
    null,
  ])
})

test('a level of an environment that the page does not know has no game', () => {
  expect(readLevel({ ...sent, environment: 'newer' })).toMatchObject({ game: null, drawing: null })
})

test('what is no level is refused', () => {
  expect(() => readLevel({})).toThrow('no level')
})

test('a protocol with the tool `levels show` shows levels', () => {
  const tools = [{ group: 'levels', name: 'show' }]
  const protocols = [
    { name: 'without', tools: [] },
    { name: 'with', tools },
  ] as unknown as ProtocolView[]
  expect(levelProtocol(protocols)).toBe('with')
  expect(levelProtocol([])).toBeUndefined()
})

test('a place in a suite is a whole number', () => {
  expect(parseLevelSearch({ index: 3 })).toEqual({ index: 3 })
  expect([parseLevelSearch({ index: -1 }), parseLevelSearch({ index: 'x' })]).toEqual([{}, {}])
})
