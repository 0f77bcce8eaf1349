import { GoalpostError } from '@goalpost/contracts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { changeEach } from './change-each.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const items = Array.from({ length: 40 }, (_, index) => index)
const afterwards = () => new Promise<void>((resolve) => setTimeout(resolve, 10))

test('at most five are changed at once, and a refusal does not stop the others', async () => {
  let open = 0
  let most = 0
  const changed: number[] = []
  const progress: number[] = []
  const refused = changeEach(items, {
    change: async (item) => {
      most = Math.max(most, ++open)
      await afterwards()
      open -= 1
      if (item % 10 === 3) throw new Error(`not ${item}`)
      changed.push(item)
    },
    onProgress: (finished) => progress.push(finished),
  })
  await vi.runAllTimersAsync()
  expect((await refused).map(({ item, reason }) => [item, (reason as Error).message])).toEqual(
    [3, 13, 23, 33].map((item) => [item, `not ${item}`]),
  )
  expect(most).toBe(5)
  expect(changed).toHaveLength(36)
  expect(progress).toEqual(items.map((index) => index + 1))
})

test('where the service asks for fewer requests, the change is sent again later', async () => {
  const end = Date.now() + 60_000
  let left = 4
  const sent: number[] = []
  const refused = changeEach(items, {
    change: async (item) => {
      if (left === 0 && Date.now() < end) throw new GoalpostError('too-many-requests', 'slower')
      left -= 1
      sent.push(item)
    },
    onProgress: () => undefined,
  })
  await vi.runAllTimersAsync()
  expect(await refused).toEqual([])
  expect(sent.toSorted((a, b) => a - b)).toEqual(items)
})

test('one that is still refused for that reason after more than a minute is named', async () => {
  const refused = changeEach([1], {
    change: () => Promise.reject(new GoalpostError('too-many-requests', 'slower')),
    onProgress: () => undefined,
  })
  await vi.runAllTimersAsync()
  expect(await refused).toMatchObject([{ item: 1, reason: { code: 'too-many-requests' } }])
})
