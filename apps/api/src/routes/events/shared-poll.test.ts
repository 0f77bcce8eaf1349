import { expect, it } from 'vitest'
import { createSharedPoll } from './shared-poll.ts'

function count() {
  const reads: string[][] = []
  const read = async (keys: readonly string[]) => {
    reads.push(keys.toSorted())
    return new Map(keys.filter((key) => key !== 'gone').map((key) => [key, `value of ${key}`]))
  }
  return { reads, poll: createSharedPoll(read, 5) }
}

it('reads once for all who ask within a pause, and says which does not exist', async () => {
  const { reads, poll } = count()
  const answers = await Promise.all(['a', 'a', 'gone', 'b', 'a'].map(poll))
  expect(answers).toEqual(['value of a', 'value of a', null, 'value of b', 'value of a'])
  expect(reads).toEqual([['a', 'b', 'gone']])
})

it('reads no more once nobody asks', async () => {
  const { reads, poll } = count()
  await poll('a')
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(reads).toHaveLength(1)
  await poll('a')
  expect(reads).toHaveLength(2)
})

it('tells all who have asked that a read failed, and reads again for the next', async () => {
  let fails = true
  const poll = createSharedPoll(async (keys) => {
    if (fails) throw new Error('away')
    return new Map(keys.map((key) => [key, 1]))
  }, 1)
  const asked = await Promise.allSettled(['a', 'b'].map(poll))
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fails = false
  expect(await poll('a')).toBe(1)
})

it('without a pause joins what arrives together, and what arrives during a statement in the next', async () => {
  const reads: string[][] = []
  let answer: () => void = () => undefined
  const poll = createSharedPoll(async (keys) => {
    reads.push([...keys])
    if (reads.length === 1) await new Promise<void>((resolve) => (answer = resolve))
    return new Map(keys.map((key) => [key, reads.length]))
  }, 0)
  const first = [poll('a'), poll('b')]
  await new Promise((resolve) => setTimeout(resolve, 5))
  const second = [poll('a'), poll('c')]
  answer()
  expect(await Promise.all([...first, ...second])).toEqual([1, 1, 2, 2])
  expect(reads).toEqual([
    ['a', 'b'],
    ['a', 'c'],
  ])
})
