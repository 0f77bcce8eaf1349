import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import {
  receiptPayloadType,
  receiptPredicateType,
  receiptSigningBytes,
  type ReceiptStatement,
} from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { checkReceipt } from './check-receipt.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const [train, analysis] = [hash('train'), hash('analysis')]
const runs = [
  { condition: 'b', seed: 2, resultHash: train },
  { condition: 'b', seed: 10, resultHash: train },
  { condition: 'a', seed: 1, resultHash: train },
]
const sorted = [runs[2]!, runs[0]!, runs[1]!].map(({ condition, seed, resultHash }) => [condition, seed, resultHash])
const whole = hash(JSON.stringify({ runs: sorted, shared: hash(JSON.stringify({ analyse: analysis })) }))

const statement: ReceiptStatement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'corner', digest: { sha256: whole } }],
  predicateType: receiptPredicateType,
  predicate: {
    experiment: { id: '01a20000-0000-7000-8000-000000000000', name: 'corner', protocol: 'toy' },
    signedAt: '2026-12-02T00:00:00.000Z',
    specHash: hash('spec'),
    resolvedHash: hash('resolved'),
    reportHash: hash('report'),
    verdicts: [],
    runs,
    shared: [{ key: 'analyse', resultHash: analysis }],
    tested: [],
    files: [],
    software: [],
  },
}

const pair = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ed25519')
const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'spki' }).toString()
const idOf = (key: KeyObject) => hash2(key.export({ format: 'der', type: 'spki' }))
const hash2 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function receiptOf(signed: object, { privateKey, publicKey } = pair) {
  const payload = Buffer.from(JSON.stringify(signed))
  return {
    payloadType: receiptPayloadType,
    payload: payload.toString('base64'),
    signatures: [
      { keyid: idOf(publicKey), sig: sign(null, receiptSigningBytes(payload), privateKey).toString('base64') },
    ],
    publicKey: pemOf(publicKey),
  }
}

const text = (receipt: object) => JSON.stringify(receipt)

describe('a receipt', () => {
  test('is valid, and by a known key if one was given', () => {
    const valid = text(receiptOf(statement))
    expect(checkReceipt(valid)).toEqual({ statement, keyid: idOf(pair.publicKey), known: null })
    expect(checkReceipt(valid, [pemOf(pair.publicKey)]).known).toBe(true)
    expect(checkReceipt(valid, [idOf(pair.publicKey)]).known).toBe(true)
  })

  test('by another key than the given one is refused', () => {
    const forged = text(receiptOf(statement, other))
    expect(checkReceipt(forged).known).toBeNull()
    for (const known of [pemOf(pair.publicKey), idOf(pair.publicKey)])
      expect(() => checkReceipt(forged, [known])).toThrow('which is not the one given')
  })

  test('whose statement, signature or key was exchanged is refused', () => {
    const valid = receiptOf(statement)
    const changed = receiptOf({ ...statement, subject: [{ name: 'maze', digest: { sha256: whole } }] })
    expect(() => checkReceipt(text({ ...valid, payload: changed.payload }))).toThrow('it was changed')
    expect(() => checkReceipt(text({ ...valid, signatures: changed.signatures }))).toThrow('it was changed')
    expect(() => checkReceipt(text({ ...valid, publicKey: pemOf(other.publicKey) }))).toThrow(
      'not the one that it names',
    )
  })

  test('that is signed, but whose runs do not give its results, is refused', () => {
    const [first, ...rest] = statement.predicate.runs
    const predicate = { ...statement.predicate, runs: [{ ...first!, seed: 3 }, ...rest] }
    expect(() => checkReceipt(text(receiptOf({ ...statement, predicate })))).toThrow('do not give the hash')
  })

  test.each(['', '{}', 'null', '{"payload":"x"}', text({ ...receiptOf(statement), publicKey: 'x' })])(
    'is not this: %j',
    (given) => {
      expect(() => checkReceipt(given)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
    },
  )

  test('of a later version is refused', () => {
    expect(() => checkReceipt(text(receiptOf({ ...statement, predicateType: 'urn:goalpost:receipt:2' })))).toThrow(
      'another version',
    )
  })
})
