import { gateSpec, type GateSpecInput } from '@goalpost/contracts'
import { serviceActor } from '@goalpost/experiments'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { artifact, startBench, type Bench } from '../../test/bench.ts'
import { killWaiting } from '../../test/kill-waiting.ts'

let bench: Bench
beforeEach(async () => (bench = await startBench()))
afterEach(() => bench.close())

const hourMs = 3_600_000

async function apply(timing: { cron: string; timezone: string }, description?: string): Promise<void> {
  const given: GateSpecInput = {
    apiVersion: 'goalpost/v1',
    name: 'nightly',
    ...(description === undefined ? {} : { description }),
    model: 'mouse',
    spec: {},
    rules: [{ kind: 'absolute', name: 'returns', condition: 'c', measure: 'm', atLeast: 0.5 }],
    triggers: [{ on: 'schedule', ...timing }],
  }
  await bench.gates.apply(bench.workspace, gateSpec.parse(given), serviceActor)
}

const hourly = { cron: '0 * * * *', timezone: 'UTC' }
const everyNight = { cron: '30 2 * * *', timezone: 'Europe/Berlin' }

async function register(): Promise<void> {
  const file = artifact()
  await bench.experiments.keepArtifact(bench.workspace, file, serviceActor)
  const registration = { artifact: file.hash, metadata: {}, tags: [], aliases: [] }
  await bench.models.register({ workspaceId: bench.workspace, model: 'mouse' }, registration, serviceActor)
}

const due = () => bench.gates.dueSchedules(10, [])

async function runs() {
  return (await bench.gates.runs(bench.workspace, 'nightly', { limit: 100 }))?.items ?? []
}

const setClock = (time: string): void => bench.clock.advance(new Date(time).getTime() - bench.clock.now().getTime())

/** When runs started in the six hours after this time, looking every half hour. */
async function startsAfter(evening: string): Promise<string[]> {
  setClock(evening)
  const starts: string[] = []
  for (let look = 0; look < 12; look++) {
    bench.clock.advance(hourMs / 2)
    for (const gate of await due())
      if (await bench.gates.startScheduled(gate)) starts.push(bench.clock.now().toISOString())
  }
  return starts
}

describe('the schedule of a gate', () => {
  it('tests the latest version, one time after an interruption of many', async () => {
    await register()
    await apply(hourly)
    expect(await due()).toEqual([])
    bench.clock.advance(5 * hourMs)
    const [gate] = await due()
    const started = await Promise.all([1, 2].map(() => bench.gates.startScheduled(gate!)))
    expect(started.filter(Boolean)).toHaveLength(1)
    expect((await runs()).map(({ version, trigger }) => [version, trigger])).toEqual([[1, 'schedule']])
    expect(await due()).toEqual([])
    bench.clock.advance(hourMs)
    expect(await due()).toEqual([gate])
    expect(await bench.gates.startScheduled(gate!)).toBe(true)
    expect(await runs()).toHaveLength(2)
  })

  it('of a model without versions starts nothing, and goes on', async () => {
    await apply(hourly)
    bench.clock.advance(hourMs)
    const [gate] = await due()
    expect(await bench.gates.startScheduled(gate!)).toBe(true)
    expect(await due()).toEqual([])
    expect(await runs()).toEqual([])
  })

  it('starts one run if the process is killed before it is stored', async () => {
    await register()
    await apply(hourly)
    bench.clock.advance(hourMs)
    const [gate] = await due()
    // The session waits with the schedule moved on, and the run counted.
    const place = { table: 'gate_runs', statement: 'INSERT INTO "public"."gate_runs"' }
    const killed = await killWaiting(bench.database.url, place, () => bench.gates.startScheduled(gate!))
    expect(killed).toBe('killed')
    expect(await runs()).toEqual([])
    expect(await due()).toEqual([gate])
    expect(await bench.gates.startScheduled(gate!)).toBe(true)
    expect((await runs()).map(({ number }) => number)).toEqual([1])
  })

  it('that the clock skips or repeats occurs once', async () => {
    setClock('2027-03-27T12:00:00Z')
    await register()
    await apply(everyNight)
    // 02:30 does not exist on the 28th.
    expect(await startsAfter('2027-03-27T22:00:00Z')).toEqual(['2027-03-28T01:00:00.000Z'])
    expect(await startsAfter('2027-03-28T22:00:00Z')).toEqual(['2027-03-29T00:30:00.000Z'])
    setClock('2027-10-30T12:00:00Z')
    await apply(everyNight, 'a new version, with its next occurrence from now on')
    // 02:30 exists twice on the 31st.
    expect(await startsAfter('2027-10-30T22:00:00Z')).toEqual(['2027-10-31T00:30:00.000Z'])
    expect(await startsAfter('2027-10-31T22:00:00Z')).toEqual(['2027-11-01T01:30:00.000Z'])
  })
})
