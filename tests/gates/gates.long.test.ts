import type { GateRunView, GateSpecInput } from '@goalpost/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitUntil } from '../embedded.ts'
import { startReceiver, type Receiver } from './receiver.ts'
import { trainRottingPolicy } from './rotting-policy.ts'
import { endOf, runsOf, startGateService, type GateService } from './service.ts'

/** Four checkpoints that go for the cheese, then six of the same training after the cheese stayed in the corner. */
const goodVersions = 4
const versions = 10
const firstBad = goodVersions + 1

const experiment = {
  apiVersion: 'goalpost/v1',
  protocol: 'rl-shift',
  name: 'corner gate',
  seeds: 1,
  options: {
    environment: 'corner',
    parameters: { size: 5, maxSteps: 16, discount: 0.95 },
    evaluation: { hidden: false, recorded: 0, acting: ['sampled'] },
  },
  conditions: [{ name: 'mouse' }],
}

function gate(name: string, change: Partial<GateSpecInput> = {}): GateSpecInput {
  const on = { kind: 'absolute', condition: 'mouse' } as const
  return {
    apiVersion: 'goalpost/v1',
    name,
    model: 'mouse',
    spec: experiment,
    rules: [
      { ...on, name: 'achievement', measure: 'true-achievement', atLeast: 0.55 },
      { ...on, name: 'goal', measure: 'goal-position', atLeast: 0.6 },
    ],
    stages: { first: 128, factor: 2, budget: 1_024 },
    ...change,
  }
}

let service: GateService
let receiver: Receiver

beforeAll(async () => {
  service = await startGateService()
  receiver = await startReceiver()
  for (const name of ['pager', 'log']) await receiver.subscribe(service.client, name)
  await service.client.applyGate('corner', gate('corner'))
}, 120_000)

afterAll(async () => {
  receiver.stop()
  await service.stop()
}, 60_000)

const print = (text: string): boolean => process.stdout.write(`${text}\n`)

const show = (value: number): string => value.toFixed(2).replace(/^-(?=0\.00$)/, '')

/** What `docs/regression.md` shows. */
async function tableOf(runs: readonly GateRunView[]): Promise<string> {
  const { curves } = await service.client.onsetCurves('corner')
  const rows = runs.map(({ version, step, outcome, units }) => {
    const measured = curves.map(({ points }) => {
      const { value, low, high } = points.find((point) => point.version === version)!
      return `${show(value)} [${show(low)}, ${show(high)}]`
    })
    return `| ${[version, step?.toLocaleString('en-US'), outcome, units, ...measured].join(' | ')} |`
  })
  const head = ['version', 'step', 'outcome', 'levels', ...curves.map(({ rule, line }) => `${rule} (≥ ${line})`)]
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows].join('\n')
}

test('versions pass until the goal rots, then fail; the search names the same version as testing each', async () => {
  const { client, goalpost } = service
  const saved = await trainRottingPolicy({ steps: 163_840, checkpoints: 8 }, { steps: 614_400, checkpoints: 9 })
  await service.saveOneByOne('mouse', [...saved.slice(4, 8), ...saved.slice(-(versions - goodVersions))])
  await waitUntil(
    'all versions are tested',
    async () => (await runsOf(client, 'corner')).filter(({ state }) => state === 'ended').length === versions,
    300_000,
    2_000,
  )
  const runs = (await runsOf(client, 'corner')).toSorted((a, b) => a.version - b.version)
  print(await tableOf(runs))
  const expected = runs.map(({ version }) => [version, version < firstBad ? 'pass' : 'fail'])
  expect(runs.map(({ version, outcome }) => [version, outcome])).toEqual(expected)
  const { curves } = await client.onsetCurves('corner')
  expect(curves.map(({ lastGood, firstBad: onset }) => [lastGood, onset])).toEqual([
    [goodVersions, firstBad],
    [goodVersions, firstBad],
  ])

  await waitUntil('every end is delivered', () => receiver.messages.length >= 2 * versions, 30_000)
  const delivered = receiver.messages.filter(({ subscriber }) => subscriber === 'pager')
  expect(delivered.map(({ version, outcome }) => [version, outcome]).toSorted(byVersion)).toEqual(expected)
  expect(await receiver.forge('pager')).toBe(401)
  await waitUntil('the receiver says so', () => receiver.refused() === 1, 10_000)

  expect(await goalpost('gates', 'check', '4', '--model', 'mouse')).toMatchObject({ code: 0 })
  expect(await goalpost('gates', 'check', '--model', 'mouse', '--wait')).toMatchObject({ code: 14 })
  const shown = await goalpost('gates', 'show', 'corner')
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('violated since version 5') })

  const { id } = await client.startBisection('corner', { good: 1, bad: versions })
  const isFound = async () => (await client.bisection('corner', id)).state === 'ended'
  await waitUntil('the search has ended', isFound, 200_000, 1_000)
  const found = await client.bisection('corner', id)
  expect(found).toMatchObject({ lastGood: goodVersions, candidates: [firstBad] })
  print(`bisect: ${found.probes.map(({ version, state, units }) => `${version} ${state} (${units})`).join(', ')}`)
  expect(found.probes.length).toBeLessThan(versions - 2)
}, 600_000)

const byVersion = (a: readonly unknown[], b: readonly unknown[]) => Number(a[0]) - Number(b[0])

test('killed while a schedule fires and again before the result: one run, one decision, one message each', async () => {
  const { client } = service
  const at = new Date(Math.ceil((Date.now() + 10_000) / 60_000) * 60_000)
  const cron = `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`
  const [database, watcher] = [new pg.Client(service.databaseUrl), new pg.Client(service.databaseUrl)]
  await Promise.all([database.connect(), watcher.connect()])
  await database.query('BEGIN; LOCK TABLE gate_runs IN SHARE ROW EXCLUSIVE MODE')
  // Evaluations that no earlier run has computed, long enough to be killed in.
  const options = { ...experiment.options, evaluation: { ...experiment.options.evaluation, episodesPerLevel: 30 } }
  const spec = { ...experiment, options }
  await client.applyGate('nightly', gate('nightly', { spec, triggers: [{ on: 'schedule', cron }] }))
  // The worker that fires waits in the middle of its transaction.
  await waitUntil('the schedule fires', () => isBlocked(watcher, 'INSERT INTO "public"."gate_runs"'), 120_000, 250)
  const killed = service.killPrograms()
  await database.query('COMMIT')
  await Promise.all([database.end(), watcher.end()])

  const first = async () => (await runsOf(client, 'nightly').catch(() => []))[0]
  await waitUntil('the run has started', async () => (await first())?.experiments.length === 1, 60_000, 200)
  const { id, state } = (await first())!
  expect(state).toBe('running')
  killed.push(...service.killPrograms())
  expect(new Set(killed).size).toBe(4)

  const run = await endOf(client, 'nightly', id)
  expect(run).toMatchObject({ trigger: 'schedule', number: 1, version: versions, outcome: 'fail' })
  expect(run.experiments.map(({ stage }) => stage)).toEqual([1])
  expect((await runsOf(client, 'nightly')).map((each) => each.id)).toEqual([id])
  const messages = () => receiver.messages.filter((message) => message.run === id)
  const subscribers = () => new Set(messages().map(({ subscriber }) => subscriber))
  await waitUntil('both subscribers know', () => subscribers().size === 2, 60_000)
  expect(new Set(messages().map((message) => `${message.subscriber} ${message.id}`)).size).toBe(2)
  expect(new Set(messages().map(({ outcome }) => outcome))).toEqual(new Set(['fail']))
}, 300_000)

async function isBlocked(watcher: pg.Client, statement: string): Promise<boolean> {
  const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND starts_with(query, $1)`
  return (await watcher.query(waiting, [statement])).rows.length > 0
}

test('a run keeps the baseline that its alias named when it started', async () => {
  const { client } = service
  await client.moveAlias('mouse', 'production', 2)
  const against = { alias: 'production' }
  const measured = { condition: 'mouse', measure: 'true-achievement', margin: 0.3 } as const
  const rules = [{ kind: 'baseline', name: 'as-production', against, ...measured }] as const
  await client.applyGate('promote', gate('promote', { triggers: [], rules: [...rules] }))
  const { id } = await client.startGateRun('promote', { version: versions })
  await client.moveAlias('mouse', 'production', versions)
  const run = await endOf(client, 'promote', id)
  expect(run).toMatchObject({ outcome: 'fail', baselines: [{ against, version: 2 }] })
  expect(new Set(run.experiments.map(({ version }) => version))).toEqual(new Set([2, versions]))
  // Now the version is its own baseline.
  const own = await endOf(client, 'promote', (await client.startGateRun('promote', { version: versions })).id)
  expect(own).toMatchObject({ outcome: 'undecided', rules: [{ reason: expect.stringMatching(/baseline itself/) }] })
}, 120_000)

test('a version that does not fit the experiment fails with the reason, and the gate stays', async () => {
  const { client } = service
  const large = {
    ...experiment,
    options: { ...experiment.options, parameters: { ...experiment.options.parameters, size: 7 } },
  }
  await client.applyGate('large', gate('large', { triggers: [], spec: large }))
  const misfit = await endOf(client, 'large', (await client.startGateRun('large', { version: 1 })).id)
  expect(misfit).toMatchObject({ outcome: 'fail', message: expect.stringMatching(/version 1: .*(input|observation)/) })
  await client.applyGate('large', gate('large', { triggers: [] }))
  const fits = await endOf(client, 'large', (await client.startGateRun('large', { version: 1 })).id)
  expect(fits).toMatchObject({ outcome: 'pass', gateVersion: 2, number: 2 })
}, 120_000)
