import { expect, test } from 'vitest'
import { takeDue } from './take-due.ts'

/** Items of these names, each due until its step succeeds; those named in `faulty` fail. */
function backlog(names: readonly string[], faulty: readonly string[] = []) {
  const open = new Set(names)
  const attempts: string[] = []
  return {
    open,
    attempts,
    items: {
      read: async (limit: number, except: readonly string[]) =>
        [...open]
          .filter((id) => !except.includes(id))
          .slice(0, limit)
          .map((id) => ({ id })),
      step: async ({ id }: { id: string }) => {
        attempts.push(id)
        if (faulty.includes(id)) throw new Error('cannot be read')
        return open.delete(id)
      },
    },
  }
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `item-${index}`)

test('all that are due are taken, however many there are', async () => {
  const { items, open } = backlog(numbered(50))
  expect(await takeDue(items)).toBe(50)
  expect(open.size).toBe(0)
})

test('items that fail hold up no other, not even when they fill the first read, and are tried once', async () => {
  const faulty = numbered(25)
  const { items, open, attempts } = backlog([...faulty, 'good', 'better'], faulty)
  await expect(takeDue(items)).rejects.toThrow('item-0: cannot be read, and 24 more failed')
  expect([...open]).toEqual(faulty)
  expect(attempts.toSorted()).toEqual([...faulty, 'good', 'better'].toSorted())
})

test('what another process has taken is not asked for again and again', async () => {
  const { items, attempts } = backlog(['taken'])
  expect(await takeDue({ ...items, step: async ({ id }) => (attempts.push(id), false) })).toBe(0)
  expect(attempts).toEqual(['taken'])
})

test('items that have to wait hold up no other, not even when they fill the first read, and are tried once', async () => {
  const waiting = numbered(45)
  const { items, open, attempts } = backlog([...waiting, 'good', 'better'])
  const step = async ({ id }: { id: string }) =>
    waiting.includes(id) ? (attempts.push(id), false) : items.step({ id })
  expect(await takeDue({ ...items, step })).toBe(2)
  expect([...open]).toEqual(waiting)
  expect(attempts.toSorted()).toEqual([...waiting, 'good', 'better'].toSorted())
})

test('an error of the read is passed on at once', async () => {
  const { items, attempts } = backlog(['one'])
  const read = () => Promise.reject(new Error('no database'))
  await expect(takeDue({ ...items, read })).rejects.toThrow('no database')
  expect(attempts).toEqual([])
})
