import { createClient, type Client } from '@goalpost/client'
import type { GateSpecInput, TaskView, VerdictPart } from '@goalpost/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { portOf, startTestService, type TestService } from './harness.ts'
import { drain } from './play-worker.ts'

let service: TestService
let key: string
let client: Client

beforeAll(async () => {
  service = await startTestService()
  await service.api.listen({ port: 0, host: '127.0.0.1' })
  key = await service.createKey('main', 'manage')
  client = createClient({ baseUrl: `http://127.0.0.1:${portOf(service.api.server)}`, apiKey: key })
})
afterAll(() => service.close())

const rule = { kind: 'absolute', name: 'scores', condition: 'default', measure: 'score', atLeast: 0.5 } as const
const spec = { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'by hand', seeds: 2 } as const
const gate = (name: string): GateSpecInput => ({
  apiVersion: 'goalpost/v1',
  name,
  model: 'mouse',
  spec: { ...spec, seeds: 1 },
  rules: [rule],
  triggers: name === 'nightly' ? [{ on: 'version-registered' }] : [],
})

async function register(text: string): Promise<number> {
  const { hash } = await client.upload(new TextEncoder().encode(text), { name: 'policy.onnx' })
  return (await client.registerVersion('mouse', { artifact: hash })).version.number
}

const verdict: VerdictPart = {
  type: 'verdict',
  title: 'default',
  condition: 'default',
  verdict: 'fine',
  tone: 'good',
  provisional: false,
  reason: 'It is',
  tally: { fine: 2 },
  numbers: [{ key: 'score', name: 'score', estimate: { value: 0.7, low: 0.6, high: 0.8, level: 0.95 } }],
  thresholds: {},
}

const finish = async (task: TaskView) => ({
  measures: [],
  artifacts: [],
  ...(task.kind === 'analyse' ? { report: { title: 'T', summary: 'S', parts: [verdict] } } : {}),
})

const judged = (state: 'holds' | 'violated', value: number) => ({
  rule: 'scores',
  state,
  reason: 'because',
  difference: { value, low: value - 0.1, high: value + 0.1, level: 0.95 },
  units: 64,
  unitsNeeded: null,
})

async function endDueRun(outcome: 'pass' | 'fail', value: number): Promise<void> {
  const [due] = await service.store.gates.due(1, [])
  const judgements = [judged(outcome === 'pass' ? 'holds' : 'violated', value)]
  await service.store.gates.end(due!, { outcome, message: null, judgements })
}

it('says what was tested and what was not, with verdicts, rules and the trend up to the version', async () => {
  await client.applyGate('nightly', gate('nightly'))
  await client.applyGate('weekly', gate('weekly'))
  for (const [text, outcome, value] of [
    ['a', 'pass', 0.2],
    ['b', 'fail', -0.3],
    ['c', 'pass', 0.1],
  ] as const) {
    await register(text)
    await endDueRun(outcome, value)
  }
  // The second condition has a file of its own, so it says nothing about the version.
  const { hash: other } = await client.upload(new TextEncoder().encode('other'), { name: 'other.onnx' })
  const conditions = [{ name: 'default' }, { name: 'other', options: { file: other, skill: 1 } }]
  const subject = { model: 'mouse', version: 2 }
  const { id } = await client.submit({ ...spec, subject, conditions }).then(({ experiment }) => experiment)
  await drain(service, { id, key, finish })

  const found = await client.deploymentReport('mouse', 2)
  expect(found).toMatchObject({
    model: 'mouse',
    version: 2,
    gates: [
      { gate: 'nightly', run: { outcome: 'fail' } },
      { gate: 'weekly', run: null },
    ],
    rules: [{ gate: 'nightly', rule: 'scores', state: 'violated', difference: { value: -0.3 } }],
    tested: [{ name: 'outdoors', conditions: ['default'], units: 64, seeds: [0, 1], experiments: [id] }],
    untested: [{ name: 'upstairs', title: 'Played upstairs' }],
    verdicts: [{ experiment: 'by hand', name: 'fine', numbers: [{ estimate: { low: 0.6, high: 0.8 } }] }],
    trend: [{ gate: 'nightly', line: 0.5, points: [{ version: 1 }, { version: 2 }], lastGood: 1, firstBad: 2 }, {}],
  })
  expect(found.report.summary).toContain('Not tested: upstairs.')
})

it('a version that nothing examined is reported as untested, and one that does not exist is not found', async () => {
  expect(await client.deploymentReport('mouse', 1)).toMatchObject({ tested: [], untested: [], verdicts: [] })
  await expect(client.deploymentReport('mouse', 9)).rejects.toMatchObject({ code: 'not-found' })
  await expect(client.deploymentReport('rat', 'latest')).rejects.toMatchObject({ code: 'not-found' })
})
