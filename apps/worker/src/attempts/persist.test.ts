import { GoalpostError } from '@goalpost/contracts'
import { describe, expect, it, vi } from 'vitest'
import { persist } from './persist.ts'

describe('persist', () => {
  const lasting = () => new AbortController().signal

  it('repeats a failing write until it is stored', async () => {
    let tries = 0
    const write = async () => {
      tries += 1
      if (tries < 3) throw new Error('away')
      return true
    }
    expect(await persist(write, { signal: lasting(), patienceMs: 10_000 })).toBe('stored')
    expect(tries).toBe(3)
  })

  it('does not repeat a refused write', async () => {
    const write = vi.fn<() => Promise<boolean>>(async () => false)
    expect(await persist(write, { signal: lasting(), patienceMs: 10_000 })).toBe('stale')
    expect(write).toHaveBeenCalledOnce()
  })

  it('gives up after its time limit', async () => {
    const away = () => Promise.reject(new Error('away'))
    expect(await persist(away, { signal: lasting(), patienceMs: 60 })).toBe('abandoned')
  })

  it('returns the reason if the write is refused until its time limit, but not for an outage', async () => {
    const refused = () => Promise.reject(new GoalpostError('internal', 'it does not fit'))
    expect(await persist(refused, { signal: lasting(), patienceMs: 60 })).toEqual({ refused: 'it does not fit' })
    const away = () => Promise.reject(new GoalpostError('unavailable', 'away'))
    expect(await persist(away, { signal: lasting(), patienceMs: 60 })).toBe('abandoned')
  })

  it('gives up at once when the lease is lost during a pause', async () => {
    const lost = new AbortController()
    const away = () => {
      setImmediate(() => lost.abort())
      return Promise.reject(new Error('away'))
    }
    const startedAt = performance.now()
    expect(await persist(away, { signal: lost.signal, patienceMs: 60_000 })).toBe('abandoned')
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it('gives up a write that is never answered: after its time limit, or when the lease is lost', async () => {
    const unanswered = () => new Promise<boolean>(() => undefined)
    expect(await persist(unanswered, { signal: lasting(), patienceMs: 60 })).toBe('abandoned')
    const lost = new AbortController()
    setTimeout(() => lost.abort(), 20)
    expect(await persist(unanswered, { signal: lost.signal, patienceMs: 60_000 })).toBe('abandoned')
  })

  it('does not write at all without a lease', async () => {
    const write = vi.fn<() => Promise<boolean>>(async () => true)
    expect(await persist(write, { signal: AbortSignal.abort(), patienceMs: 1 })).toBe('abandoned')
    expect(write).not.toHaveBeenCalled()
  })
})
