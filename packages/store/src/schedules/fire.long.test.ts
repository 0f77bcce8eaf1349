import { scheduleSpec, type ScheduleSpecInput } from '@goalpost/contracts'
import { serviceActor, type PlannedStart } from '@goalpost/experiments'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plan, startBench, type Bench } from '../../test/bench.ts'
import { killWaiting } from '../../test/kill-waiting.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
  // A full hour, so that tests can speak of minutes after it.
  bench.clock.advance(3_600_000 - (bench.clock.now().getTime() % 3_600_000))
})
afterEach(() => bench.close())

const minuteMs = 60_000
const planned: PlannedStart = { ok: true, experiment: plan({ fresh: true }) }
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

async function fireAll(start: PlannedStart = planned): Promise<boolean[]> {
  const fired: boolean[] = []
  for (const due of await bench.schedules.due(10, [])) fired.push(await bench.schedules.fire(due, start))
  return fired
}

const setClock = (time: string): void => bench.clock.advance(new Date(time).getTime() - bench.clock.now().getTime())

/** When experiments started in the six hours after this time, looking every half hour; each ends before the next look. */
async function startsAfter(evening: string): Promise<string[]> {
  setClock(evening)
  const starts: string[] = []
  for (let look = 0; look < 12; look++) {
    bench.clock.advance(30 * minuteMs)
    if ((await fireAll()).includes(true)) {
      starts.push(bench.clock.now().toISOString())
      await bench.work()
    }
  }
  return starts
}

const experiments = async () => (await bench.experiments.list(bench.workspace, { limit: 100 })).items

describe('an occurrence', () => {
  it('starts each occurrence once when many processes fire at the same moment', async () => {
    await apply()
    bench.clock.advance(10 * minuteMs)
    const [due] = await bench.schedules.due(10, [])
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => bench.schedules.fire(due!, planned)))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await experiments()).toHaveLength(1)
    const view = await bench.schedules.get(bench.workspace, 'often')
    expect(view?.runs).toHaveLength(1)
  })

  it('starts once if the process is killed after creating the experiment and before recording the occurrence', async () => {
    await apply()
    bench.clock.advance(10 * minuteMs)
    const [due] = await bench.schedules.due(10, [])
    const place = { table: 'schedule_runs', statement: 'INSERT INTO schedule_runs' }
    expect(await killWaiting(bench.database.url, place, () => bench.schedules.fire(due!, planned))).toBe('killed')
    expect(await experiments()).toEqual([])
    expect(await fireAll()).toEqual([true])
    expect(await experiments()).toHaveLength(1)
  })

  it('does not start what was planned before it was changed, paused or deleted', async () => {
    for (const change of [
      () => apply({ overlap: 'queue' }),
      () => bench.schedules.change(bench.workspace, 'often', 'pause', serviceActor),
      () => bench.schedules.delete(bench.workspace, 'often', serviceActor),
    ]) {
      await apply()
      await bench.schedules.change(bench.workspace, 'often', 'resume', serviceActor)
      bench.clock.advance(10 * minuteMs)
      const [due] = await bench.schedules.due(10, [])
      await change()
      expect(await bench.schedules.fire(due!, planned)).toBe(false)
    }
    expect(await experiments()).toEqual([])
  })

  it('does not start what was planned for an older spec, also when it is due again', async () => {
    await apply()
    bench.clock.advance(10 * minuteMs)
    const [due] = await bench.schedules.due(10, [])
    const found = await bench.schedules.find(bench.workspace, 'often')
    await apply({ description: 'changed' })
    bench.clock.advance(10 * minuteMs)
    expect(await bench.schedules.fire(due!, planned)).toBe(false)
    expect(await bench.schedules.startNow(found!, plan({ fresh: true }))).toBeNull()
    expect(await experiments()).toEqual([])
    expect(await fireAll()).toEqual([true])
    expect(await experiments()).toHaveLength(1)
  })

  it('of a local time that the clock skips or repeats starts once', async () => {
    setClock('2027-03-27T12:00:00Z')
    await apply({ cron: '30 2 * * *', timezone: 'Europe/Berlin' })
    // 02:30 does not exist on the 28th.
    expect(await startsAfter('2027-03-27T22:00:00Z')).toEqual(['2027-03-28T01:00:00.000Z'])
    expect(await startsAfter('2027-03-28T22:00:00Z')).toEqual(['2027-03-29T00:30:00.000Z'])
    setClock('2027-10-30T12:00:00Z')
    // The same once more would change nothing.
    await apply({ cron: '30 2 * * *', timezone: 'Europe/Berlin', description: 'in autumn' })
    // 02:30 exists twice on the 31st.
    expect(await startsAfter('2027-10-30T22:00:00Z')).toEqual(['2027-10-31T00:30:00.000Z'])
    expect(await startsAfter('2027-10-31T22:00:00Z')).toEqual(['2027-11-01T01:30:00.000Z'])
  })
})
