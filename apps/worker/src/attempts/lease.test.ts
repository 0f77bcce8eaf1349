import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepLease } from './lease.ts'

type Renewal = { held: boolean; cancelRequested: boolean; pauseRequested: boolean }

const claim = { taskId: '018f0000-0000-7000-8000-000000000000', epoch: 3 }
const held: Renewal = { held: true, cancelRequested: false, pauseRequested: false }

describe('keepLease', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function keep(answer: () => Promise<Renewal>, leaseMs = 3_000) {
    const renew = vi.fn<(...asked: unknown[]) => Promise<Renewal>>(answer)
    const onCancelRequested = vi.fn<() => void>()
    const onPauseRequested = vi.fn<() => void>()
    const lease = keepLease({ ledger: { renew }, claim, leaseMs, onCancelRequested, onPauseRequested })
    return { lease, renew, onCancelRequested, onPauseRequested }
  }

  it('renews in time while it is held', async () => {
    const { lease, renew } = keep(async () => held)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(renew.mock.calls.length).toBeGreaterThan(50)
    expect(renew).toHaveBeenCalledWith(claim, 3_000)
    expect(lease.lost.aborted).toBe(false)
    lease.stop()
  })

  it('is lost at once when another attempt has taken over', async () => {
    const { lease } = keep(async () => ({ ...held, held: false }))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(lease.lost.aborted).toBe(true)
  })

  it.each([
    ['fails', () => Promise.reject(new Error('away'))],
    ['never answers', () => new Promise<Renewal>(() => undefined)],
  ])('is lost when its time is over and renewing %s', async (_, answer) => {
    const { lease } = keep(answer)
    await vi.advanceTimersByTimeAsync(2_990)
    expect(lease.lost.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(20)
    expect(lease.lost.aborted).toBe(true)
  })

  it('survives failures that are shorter than itself', async () => {
    let away = false
    const { lease } = keep(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(held)))
    await vi.advanceTimersByTimeAsync(1_000)
    away = true
    await vi.advanceTimersByTimeAsync(2_500)
    away = false
    await vi.advanceTimersByTimeAsync(10_000)
    expect(lease.lost.aborted).toBe(false)
    lease.stop()
  })

  it('counts from before the request: the database may have started counting then', async () => {
    let answers = 0
    const slowOnce = () =>
      ++answers === 1
        ? new Promise<Renewal>((resolve) => void setTimeout(() => resolve(held), 1_500))
        : new Promise<Renewal>(() => undefined)
    const { lease } = keep(slowOnce)
    // Requested at 1,000, answered at 2,500: valid until 4,000, not 5,500.
    await vi.advanceTimersByTimeAsync(3_990)
    expect(lease.lost.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(20)
    expect(lease.lost.aborted).toBe(true)
  })

  it('reports a cancellation once, within about a second for a lease of any length', async () => {
    const { lease, onCancelRequested } = keep(async () => ({ ...held, cancelRequested: true }), 600_000)
    await vi.advanceTimersByTimeAsync(1_100)
    expect(onCancelRequested).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(onCancelRequested).toHaveBeenCalledOnce()
    lease.stop()
  })

  it('reports a pause once, and a cancellation after it', async () => {
    let cancelRequested = false
    const asked = keep(async () => ({ held: true, cancelRequested, pauseRequested: true }), 600_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked.onPauseRequested).toHaveBeenCalledOnce()
    expect(asked.onCancelRequested).not.toHaveBeenCalled()
    cancelRequested = true
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked.onPauseRequested).toHaveBeenCalledOnce()
    expect(asked.onCancelRequested).toHaveBeenCalledOnce()
    asked.lease.stop()
  })

  it('sends no requests once it is stopped or lost', async () => {
    const stopped = keep(async () => held)
    stopped.lease.stop()
    const lost = keep(async () => ({ ...held, held: false }))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(stopped.renew).not.toHaveBeenCalled()
    expect(lost.renew).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })
})
