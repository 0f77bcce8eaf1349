import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import {
  GoalpostError,
  receipt as receiptSchema,
  receiptSigningBytes,
  receiptStatement,
  type ReceiptStatement,
} from '@goalpost/contracts'

export type CheckedReceipt = {
  readonly statement: ReceiptStatement
  readonly keyid: string
  /** Whether the signer is the one whose key was given; null if none was. */
  readonly known: boolean | null
}

/**
 * Checks form, signature and hashes of a receipt. `trusted`: public keys (PEM), or their ids, that the reader has from
 * elsewhere.
 * @throws GoalpostError `verification-failed` with what does not match
 */
export function checkReceipt(text: string, trusted: readonly string[] = []): CheckedReceipt {
  const { payload, signatures, publicKey } = readReceipt(text)
  const [{ keyid, sig }] = signatures
  const key = readKey(publicKey)
  if (idOf(key) !== keyid) throw failed('its key is not the one that it names')
  const bytes = Buffer.from(payload, 'base64')
  if (!verify(null, receiptSigningBytes(bytes), key, Buffer.from(sig, 'base64')))
    throw failed('the signature does not belong to it: it was changed, or signed with another key')
  const statement = readStatement(bytes)
  requireHash(statement)
  if (trusted.length === 0) return { statement, keyid, known: null }
  if (!trusted.some((known) => (/^[0-9a-f]{64}$/.test(known.trim()) ? known.trim() : idOf(readKey(known))) === keyid))
    throw failed(`it was signed with the key ${keyid}, which is not the one given`)
  return { statement, keyid, known: true }
}

function readReceipt(text: string) {
  const parsed = receiptSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new GoalpostError('invalid-request', 'This file is not a receipt of Goalpost')
}

function readStatement(bytes: Buffer): ReceiptStatement {
  const parsed = receiptStatement.safeParse(parseJson(bytes.toString('utf8')))
  if (parsed.success) return parsed.data
  throw failed('its statement is of another version')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function readKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Reported below.
  }
  throw new GoalpostError('invalid-request', 'This is not the public key of a receipt: an Ed25519 key as PEM')
}

function idOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
}

/** The hash of the results is that of the hashes of all runs and shared tasks. */
function requireHash({ subject, predicate }: ReceiptStatement): void {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  const runs = predicate.runs
    .toSorted((a, b) => order(a.condition, b.condition) || a.seed - b.seed)
    .map(({ condition, seed, resultHash }) => [condition, seed, resultHash])
  const object = (members: readonly (readonly [string, string])[]): string =>
    `{${members
      .toSorted(([a], [b]) => order(a, b))
      .map(([key, value]) => `${JSON.stringify(key)}:${value}`)
      .join(',')}}`
  // Of shared tasks with equal keys the last one counts, as in `experimentHash`.
  const byKey = new Map(predicate.shared.map(({ key, resultHash }) => [key, JSON.stringify(resultHash)]))
  const shared = object([...byKey])
  const whole = object([
    ['runs', JSON.stringify(runs)],
    ['shared', JSON.stringify(sha256(shared))],
  ])
  if (sha256(whole) !== subject[0].digest.sha256)
    throw failed('the hashes of its runs do not give the hash of its results')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function failed(reason: string): GoalpostError {
  return new GoalpostError('verification-failed', `The receipt is not valid: ${reason}`)
}
