import { createClient, type Client } from '@goalpost/client'
import type { GateSpecInput, GoalpostError } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portOf, startTestService, type TestService } from './harness.ts'

let service: TestService
let client: Client

beforeAll(async () => {
  service = await startTestService()
  await service.api.listen({ port: 0, host: '127.0.0.1' })
  const baseUrl = `http://127.0.0.1:${portOf(service.api.server)}`
  client = createClient({ baseUrl, apiKey: await service.createKey('main', 'manage') })
})
afterAll(() => service.close())

const rule = { kind: 'absolute', name: 'scores', condition: 'default', measure: 'score', atLeast: 0.5 } as const

function gate(change: Partial<GateSpecInput> = {}): GateSpecInput {
  const spec = { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'toy gate', seeds: 1 }
  return { apiVersion: 'goalpost/v1', name: 'nightly', model: 'mouse', spec, rules: [rule], ...change }
}

async function register(model: string, text: string): Promise<number> {
  const { hash } = await client.upload(new TextEncoder().encode(text), { name: 'policy.onnx' })
  return (await client.registerVersion(model, { artifact: hash })).version.number
}

describe('a gate', () => {
  it('is created, changed and read', async () => {
    expect(await client.applyGate('nightly', gate())).toMatchObject({ created: true, gate: { version: 1 } })
    expect(await client.applyGate('nightly', gate())).toMatchObject({ created: false, gate: { version: 1 } })
    const changed = await client.applyGate('nightly', gate({ description: 'stricter' }))
    expect(changed).toMatchObject({ created: false, gate: { version: 2 } })
    expect((await client.gates({ model: 'mouse' })).items.map(({ name }) => name)).toEqual(['nightly'])
    await expect(client.gate('none')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tests a registered version, and shows it as a badge', async () => {
    await client.applyGate('badged', gate({ name: 'badged', model: 'rat' }))
    expect(await client.gateBadge('badged')).toContain('badged: no run')
    const version = await register('rat', 'first')
    const { items } = await client.gateRuns('badged')
    expect(items).toMatchObject([{ version, state: 'running', outcome: null, trigger: 'version-registered' }])
    const [due] = await service.store.gates.due(10, [])
    await service.store.gates.end(due!, { outcome: 'fail', message: null, judgements: [] })
    expect(await client.gateBadge('badged')).toContain('badged: fail')
    expect(await client.onsetCurves('badged')).toMatchObject({ curves: [{ rule: 'scores', line: 0.5, points: [] }] })
  })

  it.each<[Partial<GateSpecInput>, string]>([
    [{ name: 'other' }, '/name'],
    [{ rules: [{ ...rule, condition: 'elsewhere' }] }, '/rules/0/condition'],
    [{ rules: [{ ...rule, measure: 'scores' }] }, '/rules/0/measure'],
    [{ rules: [{ kind: 'verdict', name: 'v', condition: 'default', never: ['fin'] }] }, '/rules/0/never/0'],
    [{ spec: { apiVersion: 'goalpost/v1', protocol: 'toyy', name: 'x' } }, '/spec/protocol'],
    [{ spec: { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'x', options: { skil: 1 } } }, '/spec/options/skil'],
    [{ triggers: [{ on: 'schedule', cron: '0 0 31 2 *' }] }, '/triggers/0/cron'],
    [{ triggers: [{ on: 'schedule', cron: '0 3 * * *', timezone: 'Mars/Base' }] }, '/triggers/0/timezone'],
    [{ rules: [against({ version: 99 })] }, '/rules/0/against/version'],
    [{ rules: [against({ gateRun: '01900000-0000-7000-8000-000000000000' })] }, '/rules/0/against/gateRun'],
    [{ rules: [against({ alias: 'latest' })] }, '/rules/0/against/alias'],
  ])('is refused with the place of the error: %j', async (change, pointer) => {
    await expect(client.applyGate('nightly', gate(change))).rejects.toMatchObject({
      issues: [expect.objectContaining({ pointer })],
    })
  })

  it('does not take the run of a gate of another model as a baseline', async () => {
    await client.applyGate('birds', gate({ name: 'birds', model: 'bird' }))
    await register('bird', 'bird')
    const [run] = (await client.gateRuns('birds')).items
    const rules = [against({ gateRun: run!.id })]
    await expect(client.applyGate('nightly', gate({ rules }))).rejects.toMatchObject({ code: 'invalid-spec' })
    expect(await client.applyGate('birds', gate({ name: 'birds', model: 'bird', rules }))).toMatchObject({
      gate: { version: 2 },
    })
  })
})

it('the run of another workspace is no baseline, and is refused like one that does not exist', async () => {
  const baseUrl = `http://127.0.0.1:${portOf(service.api.server)}`
  const stranger = createClient({ baseUrl, apiKey: await service.createKey('other', 'manage') })
  await stranger.applyGate('nightly', gate())
  const { hash } = await stranger.upload(new TextEncoder().encode('theirs'), { name: 'policy.onnx' })
  await stranger.registerVersion('mouse', { artifact: hash })
  const [run] = (await stranger.gateRuns('nightly')).items
  const before = await client.applyGate('nightly', gate())
  const attempts = [run!.id, '01900000-0000-7000-8000-000000000000'].map((id) =>
    client
      .applyGate('nightly', gate({ rules: [against({ gateRun: id })] }))
      .catch((error: GoalpostError) => error.issues),
  )
  const [foreign, missing] = await Promise.all(attempts)
  expect(foreign).toEqual([expect.objectContaining({ pointer: '/rules/0/against/gateRun' })])
  expect(JSON.stringify(foreign).replace(run!.id, 'ID')).toBe(
    JSON.stringify(missing).replace('01900000-0000-7000-8000-000000000000', 'ID'),
  )
  expect((await client.gate('nightly')).version).toBe(before.gate.version)
})

function against(baseline: { version: number } | { alias: string } | { gateRun: string }) {
  const { condition, measure } = rule
  return { kind: 'baseline' as const, name: 'as-before', condition, measure, margin: 0.1, against: baseline }
}

it('runs and bisections of versions that do not exist are refused', async () => {
  await client.applyGate('nightly', gate())
  await expect(client.startGateRun('nightly', { version: 7 })).rejects.toMatchObject({ code: 'not-found' })
  await register('mouse', 'one')
  const search = client.startBisection('nightly', { good: 1, bad: 5 })
  await expect(search).rejects.toMatchObject({ code: 'unknown-value', issues: [{ pointer: '/bad' }] })
})

it('bisections are listed with the versions that they test, newest first', async () => {
  for (const step of ['two', 'three']) await register('mouse', step)
  const started: string[] = []
  for (const bad of [2, 3]) started.push((await client.startBisection('nightly', { good: 1, bad })).id)
  const [search] = (await service.store.gates.dueBisections(20, [])).filter(({ id }) => id === started[1])
  await service.store.gates.probe(search!, 2)
  const first = await client.bisections('nightly', { limit: 1 })
  expect(first.items).toMatchObject([{ id: started[1], state: 'running', probes: [{ version: 2, state: null }] }])
  const rest = await client.bisections('nightly', { cursor: first.nextCursor ?? undefined })
  expect(rest.items).toMatchObject([{ id: started[0], good: 1, bad: 2, probes: [] }])
  expect(rest.items[0]).toEqual(await client.bisection('nightly', started[0] ?? ''))
  await expect(client.bisections('missing')).rejects.toMatchObject({ code: 'not-found' })
})

it('changing a gate needs the scope manage, starting a run the scope submit', async () => {
  const baseUrl = `http://127.0.0.1:${portOf(service.api.server)}`
  const reader = createClient({ baseUrl, apiKey: await service.createKey('main', 'read') })
  const submitter = createClient({ baseUrl, apiKey: await service.createKey('main', 'submit') })
  await expect(reader.startGateRun('nightly')).rejects.toMatchObject({ code: 'insufficient-scope' })
  await expect(submitter.applyGate('nightly', gate())).rejects.toMatchObject({ code: 'insufficient-scope' })
  expect(await submitter.startGateRun('nightly')).toMatchObject({ trigger: 'manual' })
})

it('a run is followed live: how it stands, each change once, and the end', async () => {
  await client.applyGate('followed', gate({ name: 'followed', model: 'vole', triggers: [] }))
  await register('vole', 'vole')
  const { id } = await client.startGateRun('followed')
  const due = (await service.store.gates.due(20, [])).find((run) => run.id === id)!
  const seen: string[] = []
  for await (const { state, units, outcome } of client.watchGateRun({ gate: 'followed', id })) {
    seen.push(`${state} ${units} ${outcome}`)
    if (seen.length === 1) await service.store.gates.nextStage(due, { units: 320, judgements: [] })
    if (seen.length === 2)
      await service.store.gates.end(
        { ...due, stage: 2, units: 320 },
        { outcome: 'warn', message: null, judgements: [] },
      )
  }
  expect(seen).toEqual(['running 64 null', 'running 320 null', 'ended 320 warn'])
  const missing = client.watchGateRun({ gate: 'nightly', id })
  await expect(missing.next()).rejects.toMatchObject({ code: 'not-found' })
})
