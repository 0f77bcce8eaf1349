import { expect, test } from 'vitest'
import { createClient } from './create-client.ts'
import { createLazyClient } from './lazy-client.ts'

const retention = { points: null, logs: 3, events: null, checkpoints: null }

/** A service that has these JSON documents, and the addresses that were asked for. */
function stub(documents: Readonly<Record<string, unknown>>) {
  const asked: string[] = []
  const answer: typeof fetch = async (url) => {
    const { pathname } = new URL(url instanceof Request ? url.url : url)
    asked.push(pathname)
    return Response.json(documents[pathname] ?? { type: 'about:blank' }, { status: pathname in documents ? 200 : 404 })
  }
  return { asked, options: { baseUrl: 'http://service.example', fetch: answer } }
}

test('has every method of the client, those of the first page and those that are loaded when called', () => {
  const { options } = stub({})
  const lazy = createLazyClient(options)
  for (const name of Object.keys(createClient(options)) as (keyof typeof lazy)[])
    expect([name, typeof lazy[name]]).toEqual([name, 'function'])
})

test('a loaded method answers and refuses as the client does', async () => {
  const { options, asked } = stub({ '/v1/experiments': { items: [], nextCursor: null }, '/v1/retention': retention })
  const lazy = createLazyClient(options)
  expect(await lazy.experiments()).toEqual({ items: [], nextCursor: null })
  expect(await lazy.retention()).toEqual(await createClient(options).retention())
  await expect(lazy.task('1')).rejects.toEqual(
    await createClient(options)
      .task('1')
      .catch((error: unknown) => error),
  )
  expect(asked.slice(0, 2)).toEqual(['/v1/experiments', '/v1/retention'])
})

test('a loaded stream ends with its signal', async () => {
  const lazy = createLazyClient(stub({}).options)
  const seen: unknown[] = []
  for await (const sighting of lazy.watch('1', { signal: AbortSignal.abort() })) seen.push(sighting)
  expect(seen).toEqual([])
})

test('is not taken for a promise, and gives the same method each time', async () => {
  const lazy = createLazyClient(stub({}).options)
  expect(await Promise.resolve(lazy)).toBe(lazy)
  expect(lazy.task).toBe(lazy.task)
})
