import { expect, it, vi } from 'vitest'
import { createSharedRead } from './shared-read.ts'

it('reads each key once for all who ask at the same time, and again for those who ask during the read', async () => {
  const reads: string[] = []
  const finish: (() => void)[] = []
  const share = createSharedRead<number>()
  const ask = (key: string) =>
    share(key, async () => {
      const number = reads.push(key)
      await new Promise<void>((resolve) => finish.push(resolve))
      return number
    })
  const first = ['a', 'a', 'b', 'a'].map(ask)
  await vi.waitFor(() => expect(reads).toEqual(['a', 'b']))
  const later = ask('a')
  await vi.waitFor(() => expect(reads).toEqual(['a', 'b', 'a']))
  for (const end of finish) end()
  expect(await Promise.all([...first, later])).toEqual([1, 1, 2, 1, 3])
})

it('tells all who have asked that a read failed, and reads again for the next', async () => {
  const share = createSharedRead<number>()
  const fail = () => share('a', () => Promise.reject(new Error('away')))
  const asked = await Promise.allSettled([fail(), fail()])
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await share('a', async () => 1)).toBe(1)
})
