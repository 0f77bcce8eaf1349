import { expect, test } from 'vitest'
import { createTerminal } from '../terminal/terminal.ts'
import { playGame } from './play-game.ts'

/** A corridor of three cells, whose end is on the right. */
function corridor() {
  const asked: string[] = []
  const drawn: string[] = []
  const context = {
    draw: (text: string) => void drawn.push(text),
    screen: () => ({ columns: 80, rows: 24 }),
    terminal: createTerminal({ columns: 80, unicode: true, colour: false }),
  }
  const ask = async (actions: readonly string[]) => {
    asked.push(actions.join(' '))
    const place = actions.filter((action) => action === 'right').length
    const keys = { right: 'right', d: 'right', '0': 'stay' }
    const status = `step ${actions.length}`
    return { data: { game: { lines: ['.'.repeat(place) + '@'], status, keys, over: place === 2 } } }
  }
  return { context, ask, asked, drawn }
}

async function* press(...keys: string[]) {
  yield* keys
}

test('a key adds its action, and a key without one asks for nothing', async () => {
  const { context, ask, asked, drawn } = corridor()
  await playGame(context, { keys: press('0', 'x', 'd'), ask })
  expect(asked).toEqual(['', 'stay', 'stay right'])
  expect(drawn.join('')).toContain('.@\nstep 2\nstay: 0   right: right d   quit: q\n')
})

test('the game ends with q, and when it is over', async () => {
  const left = corridor()
  await playGame(left.context, { keys: press('d', 'q', 'd'), ask: left.ask })
  expect(left.asked).toEqual(['', 'right'])
  const won = corridor()
  const { data } = await playGame(won.context, { keys: press('d', 'right', 'd'), ask: won.ask })
  expect(won.asked).toEqual(['', 'right', 'right right'])
  expect(data.game).toMatchObject({ over: true, status: 'step 2' })
})
