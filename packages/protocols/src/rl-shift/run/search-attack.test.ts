import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { searchAttack } from './search-attack.ts'

/** Levels are numbers; the policy loses more on larger ones. */
const search = (rounds: number, propose: (level: number) => number) => {
  const asked: number[] = []
  const found = searchAttack({
    levels: [1, 5, 9],
    rounds,
    propose,
    async regrets(levels, round) {
      asked.push(round)
      return levels
    },
    stream: createStream(1),
  })
  return { found, asked }
}

test('climbs where the policy loses more, and stays where it does not', async () => {
  expect(await search(3, (level) => (level < 9 ? level + 1 : 0)).found).toEqual([4, 8, 9])
  expect(await search(0, (level) => level + 1).found).toEqual([1, 5, 9])
})

test('every round plays once, by chance of its own', async () => {
  const { found, asked } = search(2, (level) => level)
  await found
  expect(asked).toEqual([0, 1, 2])
})
