import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { trainingQuery, type Trained } from './training-query.ts'

const run = { condition: 'a', seed: 0, tasks: [{ id: 't', kind: 'train', progress: null }] }
const experiment = (state: Trained['state'], runs = 1) =>
  ({ id: 'e', state, runs: Array.from({ length: runs }, () => run) }) as unknown as Trained

function countReads() {
  let reads = 0
  const client = { training: () => Promise.resolve({ runs: [{ name: `read ${++reads}` }] }) } as never
  return { client, reads: () => reads }
}

test('curves are read again while trainings go on, and not afterwards', () => {
  const { client } = countReads()
  expect(trainingQuery(client, experiment('running')).refetchInterval).toBe(15_000)
  expect(trainingQuery(client, experiment('waiting')).refetchInterval).toBe(15_000)
  expect(trainingQuery(client, experiment('succeeded')).refetchInterval).toBe(false)
})

test('they are read again when runs are added and when the last has ended; until then the old ones stay', async () => {
  const { client, reads } = countReads()
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  const observer = new QueryObserver(queries, trainingQuery(client, experiment('running')))
  const stop = observer.subscribe(() => undefined)
  await expect.poll(reads).toBe(1)
  await expect.poll(() => observer.getCurrentResult().isSuccess).toBe(true)
  for (const [changed, expected] of [
    [experiment('running', 2), 2],
    [experiment('succeeded', 2), 3],
  ] as const) {
    observer.setOptions(trainingQuery(client, changed))
    expect(observer.getCurrentResult().data?.runs.length).toBeGreaterThan(0)
    await expect.poll(reads).toBe(expected)
  }
  stop()
})
