import { describe, expect, it } from 'vitest'
import { idleOutlook as idle } from '../test/idle-outlook.ts'
import { lookPause } from './look-pause.ts'

const same = (ms: number) => ms

describe('the pause between two looks at the database', () => {
  it('grows with the number of workers for all but the leader: a hundred poll as often as ten', () => {
    const looksPerMinute = (workers: number) =>
      (workers - 1) * (60_000 / lookPause({ ...idle, workers }, same)) +
      60_000 / lookPause({ ...idle, workers, leads: true }, same)
    expect(looksPerMinute(100)).toBeLessThan(1.1 * looksPerMinute(10))
    expect(looksPerMinute(100)).toBeLessThanOrEqual(15)
  })

  it('ends for the leader when a postponed task or a lease is due', () => {
    const leader = { ...idle, leads: true }
    expect(lookPause({ ...leader, dueInMs: 700 }, same)).toBe(700)
    expect(lookPause({ ...leader, dueInMs: 70_000 }, same)).toBe(8_000)
    expect(lookPause({ ...idle, workers: 100, dueInMs: 700 }, same)).toBe(800_000)
  })

  it('is never so short that it becomes a busy loop', () => {
    expect(lookPause({ ...idle, leads: true, dueInMs: 0 }, same)).toBe(50)
  })
})
