import type { WorkerView } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { roomFor, type InFlight } from './room.ts'

const worker = (slots: number, shortSlots?: number): WorkerView => ({
  id: 'w',
  host: 'h',
  codeRevision: 'r',
  cores: 2,
  engines: [],
  queues: [{ device: 'cpu', slots, ...(shortSlots === undefined ? {} : { shortSlots }) }],
  startedAt: '2026-01-01T00:00:00Z',
  lastSeenAt: '2026-01-01T00:00:00Z',
})
const long = (state: InFlight['state'], tasks: number): InFlight => ({ state, short: false, lane: 'any', tasks })
const room = (workers: WorkerView[], inFlight: InFlight[], lookAhead = 100) =>
  roomFor({ workers, device: 'cpu' }, inFlight, lookAhead)

describe('the room of a device', () => {
  it('is two for each slot, less the queued tasks, with slots for short tasks counted separately', () => {
    expect(room([worker(2, 1), worker(1, 1)], [])).toEqual({ any: 6, short: 4, anyTakesShort: true })
    const queued: InFlight[] = [long('queued', 1), { state: 'queued', short: true, lane: 'short', tasks: 3 }]
    expect(room([worker(2, 1), worker(1, 1)], queued)).toMatchObject({ any: 5, short: 1 })
  })

  it('lets short tasks use any slot until long ones have or wait for all', () => {
    const running: InFlight = { state: 'running', short: true, lane: 'any', tasks: 2 }
    expect(room([worker(2, 1)], [long('running', 1), running]).anyTakesShort).toBe(true)
    expect(room([worker(2, 1)], [long('running', 2)]).anyTakesShort).toBe(false)
    expect(room([worker(2, 1)], [long('running', 1), long('queued', 1)]).anyTakesShort).toBe(false)
  })

  it('lets short tasks use any slot if no worker has slots for them', () => {
    expect(room([worker(2)], [long('running', 2)])).toEqual({ any: 4, short: 0, anyTakesShort: true })
  })

  it('is the look-ahead until a worker has announced itself', () => {
    expect(room([], [long('queued', 3)], 10)).toEqual({ any: 7, short: 0, anyTakesShort: true })
  })

  it('is never negative', () => {
    expect(room([worker(1, 1)], [long('queued', 9)])).toMatchObject({ any: 0 })
  })
})
