import { describe, expect, it } from 'vitest'
import { checkTiming } from './check-timing.ts'
import { decideDue, type DueSchedule } from './decide-due.ts'
import { nextOccurrences, presentOccurrence, type JitteredTiming } from './timing.ts'

const at = (time: string): Date => new Date(`2026-11-29T${time}Z`)
const hourly: JitteredTiming = { cron: '0 * * * *', timezone: 'UTC', jitterSeconds: 0, jitterKey: 'a' }
const due = (change: Partial<DueSchedule> = {}): DueSchedule => ({
  timing: hourly,
  overlap: 'skip',
  missed: 'run-one',
  nextAt: at('03:00:00'),
  queuedAt: null,
  previousOpen: false,
  ...change,
})

describe('an occurrence', () => {
  it('starts when it is due, and the next one follows', () => {
    expect(decideDue(due(), at('03:00:01'))).toEqual({
      start: { at: at('03:00:00'), cancelPrevious: false },
      records: [],
      queuedAt: null,
      next: { at: at('04:00:00'), startsAt: at('04:00:00') },
    })
  })

  it('does not start early: a clock that was set back waits for the stored one', () => {
    expect(decideDue(due(), at('02:59:59'))).toEqual({ start: null, records: [], queuedAt: null, next: 'unchanged' })
  })
})

describe('missed occurrences', () => {
  it('are replaced by one start, for the latest', () => {
    const { start, records, next } = decideDue(due(), at('07:30:00'))
    expect(start).toEqual({ at: at('07:00:00'), cancelPrevious: false })
    expect(records).toEqual([
      { at: at('06:00:00'), outcome: 'skipped', message: expect.stringContaining('2026-11-29T03:00:00.000Z') },
    ])
    expect(next).toMatchObject({ at: at('08:00:00') })
  })

  it('are skipped where the schedule asks for that, also the latest', () => {
    const { start, records, next } = decideDue(due({ missed: 'skip' }), at('07:30:00'))
    expect(start).toBeNull()
    expect(records).toEqual([
      { at: at('07:00:00'), outcome: 'skipped', message: expect.stringMatching(/^missed, with/) },
    ])
    expect(next).toMatchObject({ at: at('08:00:00') })
  })

  it('do not include one that is a few minutes late', () => {
    expect(decideDue(due({ missed: 'skip' }), at('03:05:00')).start).toEqual({
      at: at('03:00:00'),
      cancelPrevious: false,
    })
    expect(decideDue(due({ missed: 'skip' }), at('03:05:01')).start).toBeNull()
  })

  it('of two years cost one step', () => {
    const everyMinute = { ...hourly, cron: '* * * * *' }
    const { start } = decideDue(due({ timing: everyMinute }), new Date('2028-11-29T00:00:30Z'))
    expect(start?.at).toEqual(new Date('2028-11-29T00:00:00Z'))
  })
})

describe('while the previous experiment is open, an occurrence', () => {
  const busy = { previousOpen: true }
  const now = at('03:00:01')

  it('is skipped', () => {
    expect(decideDue(due(busy), now)).toMatchObject({
      start: null,
      records: [{ at: at('03:00:00'), outcome: 'skipped', message: 'the previous experiment has not ended' }],
    })
  })

  it('or cancels it', () => {
    const decision = decideDue(due({ ...busy, overlap: 'cancel-previous' }), now)
    expect(decision).toMatchObject({ start: { at: at('03:00:00'), cancelPrevious: true }, records: [] })
  })

  it('or waits for its end, one at a time', () => {
    const queue = { ...busy, overlap: 'queue' } as const
    expect(decideDue(due(queue), now)).toMatchObject({
      start: null,
      queuedAt: at('03:00:00'),
      records: [{ outcome: 'queued' }],
    })
    const second = due({ ...queue, nextAt: at('04:00:00'), queuedAt: at('03:00:00') })
    expect(decideDue(second, at('04:00:00'))).toMatchObject({
      start: null,
      queuedAt: at('03:00:00'),
      records: [{ at: at('04:00:00'), outcome: 'skipped', message: 'another occurrence is waiting already' }],
    })
  })

  it('starts after that end; one that is due by then waits in its place', () => {
    const waiting = due({ overlap: 'queue', nextAt: at('04:00:00'), queuedAt: at('03:00:00') })
    expect(decideDue(waiting, at('03:20:00'))).toMatchObject({
      start: { at: at('03:00:00'), cancelPrevious: false },
      queuedAt: null,
      records: [],
    })
    expect(decideDue(waiting, at('04:00:00'))).toMatchObject({
      start: { at: at('03:00:00') },
      queuedAt: at('04:00:00'),
      records: [{ at: at('04:00:00'), outcome: 'queued' }],
    })
  })
})

describe('jitter', () => {
  const timing = { ...hourly, jitterSeconds: 600 }

  it('delays each occurrence by its own amount, the same on every machine', () => {
    const delays = nextOccurrences(timing, at('00:00:00'), 200).map(
      (occurrence) => (occurrence.startsAt.getTime() - occurrence.at.getTime()) / 1_000,
    )
    expect(nextOccurrences(timing, at('00:00:00'), 200)).toEqual(nextOccurrences(timing, at('00:00:00'), 200))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThan(600)
    expect(new Set(delays).size).toBeGreaterThan(100)
    expect(nextOccurrences({ ...timing, jitterKey: 'b' }, at('00:00:00'), 1)).not.toEqual(
      nextOccurrences(timing, at('00:00:00'), 1),
    )
  })

  it('postpones the start, not the cron time', () => {
    const [first] = nextOccurrences(timing, at('02:30:00'), 1)
    const early = new Date(first!.startsAt.getTime() - 1)
    expect(decideDue(due({ timing }), early).start).toBeNull()
    expect(decideDue(due({ timing }), first!.startsAt).start?.at).toEqual(at('03:00:00'))
  })

  it('is shorter than the time between occurrences', () => {
    expect(checkTiming({ ...timing, jitterSeconds: 3_599 }, at('00:00:00'))).toEqual([])
    expect(checkTiming({ ...timing, jitterSeconds: 3_600 }, at('00:00:00'))).toEqual([
      { pointer: '/jitterSeconds', message: expect.stringContaining('3600 s') },
    ])
  })
})

describe('the local time of an occurrence', () => {
  it('has the offset of that day', () => {
    const show = (timezone: string, iso: string) =>
      presentOccurrence({ timezone }, { at: new Date(iso), startsAt: new Date(iso) }).local
    expect(show('Europe/Berlin', '2026-10-25T00:30:00Z')).toBe('2026-10-25T02:30:00+02:00')
    expect(show('Europe/Berlin', '2026-10-25T01:30:00Z')).toBe('2026-10-25T02:30:00+01:00')
    expect(show('Asia/Kathmandu', '2026-10-24T18:15:00Z')).toBe('2026-10-25T00:00:00+05:45')
    expect(show('UTC', '2026-10-24T18:15:00Z')).toBe('2026-10-24T18:15:00+00:00')
  })
})
