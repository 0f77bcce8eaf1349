import { scheduleSpec, type ScheduleSpecInput } from '@goalpost/contracts'
import { serviceActor, type DueScheduleRow, type PlannedStart } from '@goalpost/experiments'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { plan, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
  // A full hour, so that tests can speak of minutes after it.
  bench.clock.advance(3_600_000 - (bench.clock.now().getTime() % 3_600_000))
})
afterEach(() => bench.close())

const minuteMs = 60_000
const planned: PlannedStart = { ok: true, experiment: plan({ fresh: true }) }
/** Minutes from the full hour at which tests start. */
const minute = (count: number, from = bench.clock.now()): string =>
  new Date(from.getTime() + count * minuteMs).toISOString()

async function apply(change: Partial<ScheduleSpecInput> = {}): Promise<void> {
  const { spec: sent } = plan({ fresh: true })
  const spec = scheduleSpec.parse({
    apiVersion: 'goalpost/v1',
    name: 'often',
    cron: '*/10 * * * *',
    action: { type: 'experiment', spec: sent },
    ...change,
  })
  await bench.schedules.apply(bench.workspace, { spec, sent }, serviceActor)
}

async function view(name = 'often') {
  const found = await bench.schedules.get(bench.workspace, name)
  if (found === null) throw new Error(`No schedule ${name}`)
  return found
}

async function fireAll(start: PlannedStart = planned): Promise<boolean[]> {
  const fired: boolean[] = []
  for (const due of await bench.schedules.due(10, [])) fired.push(await bench.schedules.fire(due, start))
  return fired
}

const runs = async () => (await view()).runs.map(({ at, outcome }) => [at, outcome])
const experiments = async () => (await bench.experiments.list(bench.workspace, { limit: 100 })).items

describe('a schedule', () => {
  it('is due at its next occurrence, starts one experiment, and shows it', async () => {
    const first = minute(10)
    await apply()
    expect(await fireAll()).toEqual([])
    bench.clock.advance(10 * minuteMs)
    expect(await fireAll()).toEqual([true])
    expect(await fireAll()).toEqual([])
    const [experiment] = await experiments()
    expect(await view()).toMatchObject({
      next: { at: minute(10) },
      latest: {
        at: first,
        outcome: 'started',
        message: null,
        experimentId: experiment?.id,
        experimentState: 'waiting',
      },
    })
    expect((await view()).upcoming.map(({ at }) => at)).toEqual(
      Array.from({ length: 10 }, (_, k) => minute(10 * (k + 1))),
    )
    expect((await bench.experiments.get(bench.workspace, experiment!.id))?.spec).toEqual(plan({ fresh: true }).spec)
  })

  it('records why its spec is refused by now, and goes on', async () => {
    await apply()
    bench.clock.advance(10 * minuteMs)
    expect(await fireAll({ ok: false, message: '/options: unknown' })).toEqual([true])
    expect((await view()).latest).toMatchObject({ outcome: 'failed', message: '/options: unknown', experimentId: null })
    bench.clock.advance(10 * minuteMs)
    await fireAll()
    expect((await view()).latest).toMatchObject({ outcome: 'started' })
  })
})

describe('a clock that jumps', () => {
  it('ahead by days starts one experiment for the latest occurrence, and skips the others', async () => {
    const first = minute(10)
    await apply()
    bench.clock.advance(3 * 24 * 60 * minuteMs)
    await fireAll()
    expect(await fireAll()).toEqual([])
    expect(await experiments()).toHaveLength(1)
    expect((await view()).runs).toMatchObject([
      { at: minute(0), outcome: 'started' },
      { at: minute(-10), outcome: 'skipped', message: expect.stringContaining(first) },
    ])
    expect((await view()).next?.at).toBe(minute(10))
  })

  it('back repeats no occurrence, also after pause and resume', async () => {
    await apply({ overlap: 'queue' })
    bench.clock.advance(20 * minuteMs)
    await fireAll()
    await bench.work()
    bench.clock.advance(-15 * minuteMs)
    expect(await fireAll()).toEqual([])
    await bench.schedules.change(bench.workspace, 'often', 'pause', serviceActor)
    await bench.schedules.change(bench.workspace, 'often', 'resume', serviceActor)
    const before = await runs()
    for (const _ of [1, 2]) {
      bench.clock.advance(10 * minuteMs)
      await fireAll()
    }
    expect(await runs()).toEqual(before)
    expect(await experiments()).toHaveLength(1)
    bench.clock.advance(10 * minuteMs)
    await fireAll()
    expect(await experiments()).toHaveLength(2)
  })
})

describe('while the previous experiment is open', () => {
  const twice = async (overlap: 'skip' | 'queue' | 'cancel-previous') => {
    await apply({ overlap })
    for (const _ of [1, 2]) {
      bench.clock.advance(10 * minuteMs)
      await fireAll()
    }
  }

  it('an occurrence is skipped', async () => {
    await twice('skip')
    expect(await runs()).toEqual([
      [minute(0), 'skipped'],
      [minute(-10), 'started'],
    ])
    expect(await experiments()).toHaveLength(1)
  })

  it('or cancels it', async () => {
    await twice('cancel-previous')
    expect((await experiments()).map(({ state }) => state)).toEqual(['waiting', 'cancelled'])
  })

  it('or cancels it without stopping the tasks that both need', async () => {
    const shared: PlannedStart = { ok: true, experiment: plan() }
    await apply({ overlap: 'cancel-previous' })
    for (const _ of [1, 2]) {
      bench.clock.advance(10 * minuteMs)
      await fireAll(shared)
    }
    const [second] = await experiments()
    expect(Object.values(await bench.states(second!.id))).not.toContain('cancelled')
    await bench.work()
    expect((await bench.experiments.get(bench.workspace, second!.id))?.state).toBe('succeeded')
  })

  it('or waits until it has ended', async () => {
    await twice('queue')
    expect(await runs()).toEqual([
      [minute(0), 'queued'],
      [minute(-10), 'started'],
    ])
    expect(await bench.schedules.due(10, [])).toEqual([])
    await bench.work()
    expect(await fireAll()).toEqual([true])
    expect(await runs()).toEqual([
      [minute(0), 'started'],
      [minute(-10), 'started'],
    ])
    expect(await experiments()).toHaveLength(2)
  })

  it('a waiting occurrence is dropped when the schedule is paused or changed', async () => {
    await twice('queue')
    await bench.schedules.change(bench.workspace, 'often', 'pause', serviceActor)
    expect((await view()).runs[0]).toMatchObject({ outcome: 'skipped', message: 'the schedule was paused' })
    await bench.work()
    expect(await fireAll()).toEqual([])
  })
})

describe('a paused schedule', () => {
  it('starts nothing, and later makes up for nothing', async () => {
    await apply()
    await bench.schedules.change(bench.workspace, 'often', 'pause', serviceActor)
    expect(await view()).toMatchObject({ paused: true, next: null, upcoming: [] })
    bench.clock.advance(60 * minuteMs)
    expect(await fireAll()).toEqual([])
    await apply({ description: 'still paused' })
    expect(await view()).toMatchObject({ paused: true, next: null })
    await bench.schedules.change(bench.workspace, 'often', 'resume', serviceActor)
    expect(await fireAll()).toEqual([])
    expect((await view()).next?.at).toBe(minute(10))
  })

  it('can be started by hand', async () => {
    await apply()
    await bench.schedules.change(bench.workspace, 'often', 'pause', serviceActor)
    const found = (await bench.schedules.find(bench.workspace, 'often')) as DueScheduleRow
    const id = await bench.schedules.startNow(found, plan({ fresh: true }))
    expect((await view()).latest).toMatchObject({ trigger: 'manual', outcome: 'started', experimentId: id })
  })
})

describe('schedules of a workspace', () => {
  it('are listed page by page, and hidden from others', async () => {
    for (const name of ['a', 'b', 'c']) await apply({ name })
    const first = await bench.schedules.list(bench.workspace, { limit: 2 })
    const rest = await bench.schedules.list(bench.workspace, { limit: 2, cursor: first.nextCursor ?? undefined })
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['c', 'b', 'a'])
    expect(rest.nextCursor).toBeNull()
    const other = await bench.workspaces.ensure('other')
    expect((await bench.schedules.list(other, { limit: 2 })).items).toEqual([])
    expect(await bench.schedules.get(other, 'a')).toBeNull()
    expect(await bench.schedules.delete(other, 'a', serviceActor)).toBe(false)
  })

  it('are deleted with their runs; the experiments stay', async () => {
    await apply()
    bench.clock.advance(10 * minuteMs)
    await fireAll()
    expect(await bench.schedules.delete(bench.workspace, 'often', serviceActor)).toBe(true)
    expect(await bench.schedules.get(bench.workspace, 'often')).toBeNull()
    expect(await experiments()).toHaveLength(1)
  })
})

describe('idle workers', () => {
  it('are told when the next schedule is due, however far that is', async () => {
    const signals: string[] = []
    const watch = bench.watchWork((signal) => signals.push(signal))
    expect(await watch.look()).toMatchObject({ schedules: false, dueInMs: null })
    await apply({ name: 'yearly', cron: '@yearly' })
    await vi.waitFor(() => expect(signals).toEqual(['postponed']), { timeout: 10_000 })
    const client = new pg.Client(bench.database.url)
    await client.connect()
    const setStart = (text: string) => client.query(`UPDATE schedules SET next_start_at = now() + interval '${text}'`)
    await setStart('300 days')
    expect(await watch.look()).toMatchObject({ schedules: false, dueInMs: 86_400_000 })
    await setStart('5 seconds')
    const { dueInMs } = await watch.look()
    expect(dueInMs).toBeGreaterThan(4_000)
    expect(dueInMs).toBeLessThanOrEqual(5_000)
    await setStart('-1 second')
    expect(await watch.look()).toMatchObject({ schedules: true })
    await client.end()
    await watch.close()
  })
})
