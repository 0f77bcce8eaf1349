import { describe, expect, it } from 'vitest'
import { createJobConsumer, createJobProducer } from './index.ts'
import { createQuietErrors } from './quiet-errors.ts'

const onError = () => undefined
// Port 1 of the loopback interface: refused at once.
const nobody = [
  { kind: 'postgres', url: 'postgresql://me:hunter2@127.0.0.1:1/x' },
  { kind: 'redis', url: 'redis://127.0.0.1:1' },
] as const

describe.each(nobody)('a queue on $kind without a server', (connection) => {
  it('refuses to start a producer or a consumer, with unavailable', { timeout: 40_000 }, async () => {
    const refusal = {
      name: 'GoalpostError',
      code: 'unavailable',
      message: expect.stringMatching(/^The queue cannot be reached: .+/) as string,
    }
    const consumer = createJobConsumer(connection, {
      device: 'cpu',
      concurrency: 1,
      onError,
      handler: async () => undefined,
    })
    await Promise.all([
      expect(createJobProducer(connection, { onError })).rejects.toMatchObject(refusal),
      expect(consumer).rejects.toMatchObject(refusal),
    ])
  })
})

describe('createQuietErrors', () => {
  it('reports one error of each text in ten seconds', () => {
    let now = 0
    const reported: string[] = []
    const tell = createQuietErrors({ report: ({ message }) => reported.push(message), now: () => now })
    for (const message of ['away', 'away', 'refused', 'away']) tell(new Error(message))
    expect(reported).toEqual(['away', 'refused'])
    now = 9_999
    tell(new Error('away'))
    expect(reported).toHaveLength(2)
    now = 10_000
    tell(new Error('away'))
    expect(reported).toEqual(['away', 'refused', 'away'])
  })
})
