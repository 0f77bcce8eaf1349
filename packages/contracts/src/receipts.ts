import { z } from 'zod'
import { sha256 } from './artifacts.ts'
import { usedEngine } from './manifest.ts'
import { verdictSummary } from './verdict-summary.ts'

/**
 * A receipt says what an experiment found, and from what, signed by the service: a statement of in-toto in an envelope of
 * DSSE, so that other programs can read it too.
 */

export const receiptPayloadType = 'application/vnd.in-toto+json'
export const receiptPredicateType = 'urn:goalpost:receipt:1'

const text = z.string().max(2_000)

const hashedResult = z.strictObject({ key: text, resultHash: sha256 })

export const receiptPredicate = z.strictObject({
  experiment: z.strictObject({ id: z.uuid(), name: text, protocol: text }),
  signedAt: z.iso.datetime(),
  /** SHA-256 of the canonical JSON (RFC 8785) of the spec as sent, and as resolved, with all defaults. */
  specHash: sha256,
  resolvedHash: sha256,
  /** Of the report, as canonical JSON. */
  reportHash: sha256,
  verdicts: z.array(verdictSummary),
  /** What the subject's hash is made of. */
  runs: z.array(z.strictObject({ condition: text, seed: z.number().int(), resultHash: sha256 })),
  shared: z.array(hashedResult),
  /** The frozen sets, such as levels or prompts, on which was tested. */
  tested: z.array(z.strictObject({ condition: text, name: text, hash: sha256 })),
  /** What was tested: the last checkpoint of each task that has some, and files that were uploaded. */
  files: z.array(
    z.strictObject({ task: z.uuid(), key: text, step: z.number().int().nullable(), name: text, hash: sha256 }),
  ),
  /** What computed it: each combination once. */
  software: z.array(
    z.strictObject({
      codeRevision: text,
      packages: z.record(z.string(), text),
      engine: usedEngine.nullable(),
      node: text,
    }),
  ),
})
export type ReceiptPredicate = z.infer<typeof receiptPredicate>

export const receiptStatement = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  /** The experiment's results. */
  subject: z.tuple([z.strictObject({ name: text, digest: z.strictObject({ sha256 }) })]),
  predicateType: z.literal(receiptPredicateType),
  predicate: receiptPredicate,
})
export type ReceiptStatement = z.infer<typeof receiptStatement>

const base64 = z.base64()

export const receipt = z.strictObject({
  payloadType: z.literal(receiptPayloadType),
  /** The statement in Base64. */
  payload: base64,
  signatures: z.tuple([
    z.strictObject({
      /** SHA-256 of the public key (SPKI, DER), lower-case hex. */
      keyid: sha256,
      /** Ed25519 over the pre-authentication encoding of DSSE, in Base64. */
      sig: base64,
    }),
  ]),
  /** Compare it with a key that you have from somewhere else: whoever forges a receipt can put their own here. */
  publicKey: z.string().max(1_000).describe('PEM, SPKI'),
})
export type Receipt = z.infer<typeof receipt>

export const receiptKey = z.strictObject({
  keyid: sha256,
  publicKey: z.string().describe('PEM, SPKI'),
})
export type ReceiptKey = z.infer<typeof receiptKey>

/** The bytes that DSSE signs. */
export function receiptSigningBytes(payload: Uint8Array): Uint8Array {
  const encoder = new TextEncoder()
  const head = `DSSEv1 ${receiptPayloadType.length} ${receiptPayloadType} ${payload.length} `
  return Uint8Array.from([...encoder.encode(head), ...payload])
}
