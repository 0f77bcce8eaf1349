import { describe, expect, it } from 'vitest'
import { playOut, type Pending } from './play-out.ts'

const task = (seconds: number, change: Partial<Pending> = {}): Pending => ({
  seconds,
  runs: false,
  blocked: false,
  short: false,
  run: 'a',
  ...change,
})
const running = { runs: true }
const short = { short: true }

describe('simulating the work that is left', () => {
  it('is over when the last task ends, with as many at a time as slots', () => {
    expect(playOut([], { any: 2, short: 0 })).toBe(0)
    expect(playOut([task(10), task(10), task(10)], { any: 2, short: 0 })).toBe(20)
    expect(playOut([task(4, running), task(10, running), task(5)], { any: 2, short: 0 })).toBe(10)
  })

  it('lets a slot for short tasks take only those, while long ones fill the others', () => {
    const tasks = [task(100, running), task(100, running), task(10, short), task(10, short)]
    expect(playOut(tasks, { any: 2, short: 1 })).toBe(100)
    expect(playOut([task(10), task(10)], { any: 1, short: 1 })).toBe(20)
  })

  it('keeps the last short task of a run until its long one has ended', () => {
    const tasks = [task(100, running), task(5, { ...short, blocked: true }), task(5, { ...short, blocked: true })]
    expect(playOut(tasks, { any: 1, short: 1 })).toBe(105)
  })

  it('keeps tasks that wait for all runs until all runs have ended', () => {
    const analysis = task(3, { ...short, blocked: true, run: null })
    expect(playOut([analysis, task(100, running)], { any: 1, short: 1 })).toBe(103)
  })

  it('assumes one slot while there is no worker', () => {
    expect(playOut([task(10), task(10)], { any: 0, short: 0 })).toBe(20)
  })
})
