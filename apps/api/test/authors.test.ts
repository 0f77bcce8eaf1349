import { createClient, type Client } from '@goalpost/client'
import { serviceActor } from '@goalpost/experiments'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSecret, hashSecret } from '../src/server/authentication.ts'
import { portOf, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let ann: Client
let bob: Client

beforeAll(async () => {
  service = await startTestService()
  await service.api.listen({ port: 0, host: '127.0.0.1' })
  ;[ann, bob] = await Promise.all([as('ann'), as('bob')])
})
afterAll(() => service.close())

async function as(name: string): Promise<Client> {
  const [secret, workspace] = [createSecret(), await service.store.workspaces.ensure('lab')]
  const key = { name, secretHash: hashSecret(secret), scope: 'manage' } as const
  await service.store.apiKeys.create(workspace, key, serviceActor)
  return createClient({ baseUrl: `http://127.0.0.1:${portOf(service.api.server)}`, apiKey: secret })
}

async function register(client: Client, text: string) {
  const { hash } = await client.upload(new TextEncoder().encode(text), { name: 'policy.onnx' })
  return (await client.registerVersion('mouse', { artifact: hash, aliases: ['candidate'] })).version
}

it('models, versions and moves of aliases say who made them', async () => {
  expect((await register(ann, 'one')).createdBy).toBe('ann')
  expect((await register(bob, 'two')).createdBy).toBe('bob')
  // Registered once more: it stays ann's.
  expect(await register(bob, 'one')).toMatchObject({ number: 1, createdBy: 'ann' })
  expect(await ann.model('mouse')).toMatchObject({ createdBy: 'ann' })
  const { items } = await ann.aliasMoves('mouse')
  expect(items.map(({ to, createdBy }) => [to, createdBy])).toEqual([
    [1, 'bob'],
    [2, 'bob'],
    [1, 'ann'],
  ])
})

it('gates, their changes, runs and bisections say who made them', async () => {
  const rule = { kind: 'absolute', name: 'scores', condition: 'default', measure: 'score', atLeast: 0.5 } as const
  const tested = { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'toy gate', seeds: 1 } as const
  const gate = { apiVersion: 'goalpost/v1', name: 'nightly', model: 'mouse', spec: tested, rules: [rule] } as const
  await ann.applyGate('nightly', gate)
  expect(await ann.gate('nightly')).toMatchObject({ createdBy: 'ann', updatedBy: 'ann' })
  await bob.applyGate('nightly', { ...gate, description: 'stricter' })
  expect((await ann.gates({})).items).toMatchObject([{ createdBy: 'ann', updatedBy: 'bob' }])
  expect(await bob.startGateRun('nightly')).toMatchObject({ trigger: 'manual', createdBy: 'bob' })
  await register(ann, 'three')
  expect(await bob.startBisection('nightly', { good: 1, bad: 3 })).toMatchObject({ createdBy: 'bob' })
  const { items } = await ann.gateRuns('nightly')
  // What a new version starts, the service starts.
  expect(items.map(({ trigger, createdBy }) => [trigger, createdBy])).toEqual([
    ['version-registered', null],
    ['manual', 'bob'],
  ])
})

it('a schedule says who created it', async () => {
  const action = { type: 'experiment', spec: { ...spec, conditions: [...spec.conditions] } } as const
  const nightly = { apiVersion: 'goalpost/v1', name: 'nightly', cron: '30 2 * * *', action } as const
  await ann.applySchedule('nightly', nightly)
  await bob.applySchedule('nightly', { ...nightly, cron: '@hourly' })
  expect((await bob.schedules({})).items).toMatchObject([{ name: 'nightly', cron: '@hourly', createdBy: 'ann' }])
})
