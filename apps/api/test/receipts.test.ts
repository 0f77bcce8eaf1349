import { createHash, createPublicKey, verify } from 'node:crypto'
import {
  receiptSigningBytes,
  receiptStatement,
  type ExperimentView,
  type Receipt,
  type TaskResult,
  type TaskView,
} from '@goalpost/contracts'
import { hashJson } from '@goalpost/experiments'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createReceiptSigner } from '../src/receipt-signer.ts'
import { bearer, spec, startTestService, type TestService } from './harness.ts'
import { drain } from './play-worker.ts'

let service: TestService
let key: string
let experiment: ExperimentView
let url: string

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('lab', 'manage')
  const request = { method: 'POST', url: '/v1/experiments', headers: bearer(key), payload: spec } as const
  const { id } = (await service.api.inject(request)).json<ExperimentView>()
  url = `/v1/experiments/${id}`
  expect((await get(`${url}/receipt`)).json()).toMatchObject({ status: 409, code: 'state-conflict' })
  await drain(service, { id, key, finish })
  experiment = (await get(url)).json()
})
afterAll(() => service.close())

const get = (address: string) => service.api.inject({ url: address, headers: bearer(key) })
const report = { title: 'Final', summary: 'All is done', parts: [] }

async function finish({ kind, seed }: TaskView): Promise<TaskResult> {
  if (kind === 'analyse') return { measures: [], artifacts: [], report }
  return { measures: [{ name: 'score', labels: {}, value: seed ?? 0 }], artifacts: [] }
}

const statementOf = ({ payload }: Receipt) =>
  receiptStatement.parse(JSON.parse(Buffer.from(payload, 'base64').toString()))

test('a receipt names the results, the spec, and everything that they rest on', async () => {
  const { subject, predicate } = statementOf((await get(`${url}/receipt`)).json())
  expect(subject).toEqual([{ name: 'first', digest: { sha256: experiment.resultHash } }])
  expect(predicate).toMatchObject({
    experiment: { id: experiment.id, name: 'first', protocol: 'toy' },
    specHash: hashJson(experiment.spec),
    resolvedHash: hashJson(experiment.resolved),
    reportHash: hashJson(report),
    tested: ['low', 'high'].map((condition) => ({ condition, name: 'toys', hash: 'ab'.repeat(32) })),
  })
  expect(predicate.runs).toEqual(
    experiment.runs.map(({ condition, seed, resultHash }) => ({ condition, seed, resultHash })),
  )
  expect(predicate.shared.map((shared) => shared.key).toSorted()).toEqual(
    experiment.sharedTasks.map((task) => task.key).toSorted(),
  )
  expect(predicate.software).toHaveLength(1)
  expect(predicate.software[0]).not.toHaveProperty('host')
})

test('its signature is that of the key which the service shows', async () => {
  const receipt = (await get(`${url}/receipt`)).json<Receipt>()
  const shown = (await get('/v1/receipt-key')).json<{ keyid: string; publicKey: string }>()
  const publicKey = createPublicKey(shown.publicKey)
  const der = publicKey.export({ format: 'der', type: 'spki' })
  expect([receipt.signatures[0].keyid, receipt.publicKey]).toEqual([shown.keyid, shown.publicKey])
  expect(shown.keyid).toBe(createHash('sha256').update(der).digest('hex'))
  const payload = Buffer.from(receipt.payload, 'base64')
  const signature = Buffer.from(receipt.signatures[0].sig, 'base64')
  expect(verify(null, receiptSigningBytes(payload), publicKey, signature)).toBe(true)
  payload[payload.length - 3]! ^= 1
  expect(verify(null, receiptSigningBytes(payload), publicKey, signature)).toBe(false)
})

test('one secret gives one key, another secret another', () => {
  const [one, again, other] = ['a', 'a', 'b'].map((secret) => createReceiptSigner(secret).key.keyid)
  expect([one === again, one === other]).toEqual([true, false])
})

test('a service without a secret signs nothing, and says what is missing', async () => {
  const api = await service.buildAnother({}, { receipts: null })
  const response = await api.inject({ url: `${url}/receipt`, headers: bearer(key) })
  expect([response.statusCode, response.json().detail]).toEqual([
    409,
    expect.stringContaining('GOALPOST_RECEIPT_SECRET'),
  ])
  await api.close()
})
