import { describe, expect, it } from 'vitest'
import { choosePreemptions, type Running, type Situation, type Waiting } from './choose-preemptions.ts'

const now = new Date('2030-01-01T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const waits = (id: string, priority: number, own: Partial<Waiting> = {}): Waiting => ({
  id,
  workspaceId: 'a',
  device: 'cpu',
  engine: 'onnx',
  priority,
  state: 'ready',
  ...own,
})
const runs = (id: string, priority: number, own: Partial<Running> = {}): Running => ({
  id,
  workspaceId: 'a',
  device: 'cpu',
  worker: 'w',
  epoch: 1,
  priority,
  startedAt: minutesAgo(10),
  hasCheckpoint: true,
  lane: 'any',
  short: false,
  asked: false,
  ...own,
})
const worker = (id: string, slots: number, engine = 'onnx') => ({
  id,
  queues: [{ device: 'cpu' as const, slots }],
  engines: [{ name: engine, device: 'cpu' as const, build: '1', deviceName: null }],
})

function pairs(own: Partial<Situation>): string[] {
  const workers = [worker('w', own.running?.length ?? 0)]
  const all: Situation = { device: 'cpu', workers, waiting: [], running: [], now, leastRunMs: 60_000, ...own }
  return choosePreemptions(all).map(({ waiting, victim }) => `${waiting.id} for ${victim.id}`)
}

describe('a waiting task', () => {
  it('gets the slot of a running task of lower priority in its workspace, and of no other', () => {
    const running = [runs('equal', 5), runs('stranger', 0, { workspaceId: 'b' }), runs('higher', 6), runs('low', 4)]
    expect(pairs({ waiting: [waits('x', 5)], running })).toEqual(['x for low'])
    expect(pairs({ waiting: [waits('x', 4)], running })).toEqual([])
  })

  it('gets that of the lowest priority; of equals one that has a checkpoint, then the one that began last', () => {
    const running = [
      runs('new without', 0, { hasCheckpoint: false, startedAt: minutesAgo(2) }),
      runs('old', 0, { startedAt: minutesAgo(9) }),
      runs('new', 0, { startedAt: minutesAgo(3) }),
      runs('above', 1),
    ]
    const waiting = ['1', '2', '3', '4', '5'].map((id) => waits(id, 9))
    expect(pairs({ waiting, running })).toEqual(['1 for new', '2 for old', '3 for new without', '4 for above'])
  })

  it('gets none while a worker that can run it has a free slot', () => {
    const running = [runs('low', 0)]
    const workers = [worker('w', 1), worker('other', 1, 'tfjs')]
    expect(pairs({ workers, waiting: [waits('x', 5)], running })).toEqual(['x for low'])
    expect(pairs({ workers: [worker('w', 2)], waiting: [waits('x', 5)], running })).toEqual([])
    expect(pairs({ workers: [worker('w', 2)], waiting: [waits('x', 5), waits('y', 5)], running })).toEqual([
      'y for low',
    ])
  })

  it('gets none of a worker that lacks its engine', () => {
    expect(pairs({ waiting: [waits('x', 5, { engine: 'tfjs' })], running: [runs('low', 0)] })).toEqual([])
  })

  it('is answered by a task that was asked before and has not stopped yet: no second one is asked for it', () => {
    const running = [runs('asked', 0, { asked: true }), runs('low', 0)]
    expect(pairs({ waiting: [waits('x', 5)], running })).toEqual([])
    expect(pairs({ waiting: [waits('x', 5), waits('y', 5)], running })).toEqual(['y for low'])
  })
})

it('a task keeps its slot for the least time, however high the priority of the others', () => {
  const since = (ms: number) => ({ startedAt: new Date(now.getTime() - ms) })
  expect(pairs({ waiting: [waits('x', 100)], running: [runs('low', -100, since(59_999))] })).toEqual([])
  expect(pairs({ waiting: [waits('x', 100)], running: [runs('low', -100, since(60_000))] })).toEqual(['x for low'])
})

it('short tasks, and those in slots for short tasks, are not interrupted', () => {
  const running = [runs('short', 0, { short: true }), runs('lane', 0, { lane: 'short' })]
  expect(pairs({ workers: [worker('w', 1)], waiting: [waits('x', 5)], running })).toEqual([])
})
