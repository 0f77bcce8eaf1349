import type { WorkerAnnouncement } from '@goalpost/contracts'
import { createLogger } from '@goalpost/telemetry'
import { expect, test, vi } from 'vitest'
import { keepPresence } from './presence.ts'

const log = createLogger({ service: 'worker', level: 'silent' })
const worker: WorkerAnnouncement = { id: 'w', host: 'h', codeRevision: 'r', cores: 1, queues: [], engines: null }
const wasm = { name: 'tfjs:wasm', device: 'cpu', build: '1', deviceName: null } as const

/** A registry that answers when the test says so. */
function createSlowRegistry() {
  const said: WorkerAnnouncement[] = []
  const waiting: (() => void)[] = []
  const registry = {
    async announce(announcement: WorkerAnnouncement) {
      if (said.length > 0) await new Promise<void>((resolve) => waiting.push(resolve))
      said.push(announcement)
    },
    withdraw: vi.fn(async () => undefined),
    list: async () => [],
  }
  return { registry, said, waiting }
}

test('the registry holds a worker’s latest announcement, even if an earlier one was slow', async () => {
  const { registry, said, waiting } = createSlowRegistry()
  const presence = await keepPresence(worker, { registry, log })
  await vi.waitFor(() => expect(waiting).toHaveLength(1), { timeout: 10_000 })
  const updating = presence.update({ engines: [wasm] })
  // The last call is answered first.
  while (said.at(-1)?.engines === null) {
    waiting.pop()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await updating
  const ending = presence.end()
  waiting.splice(0).forEach((resolve) => resolve())
  await ending
  expect(said.at(-1)?.engines).toEqual([wasm])
  expect(registry.withdraw).toHaveBeenCalledWith('w')
})

test('an unavailable registry does not keep a worker from ending', async () => {
  const { registry } = createSlowRegistry()
  const presence = await keepPresence(worker, {
    registry: {
      ...registry,
      announce: async () => undefined,
      withdraw: () => Promise.reject(new Error('the database is away')),
    },
    log,
  })
  await presence.end()
})
