import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import {
  receiptPayloadType,
  receiptSigningBytes,
  type Receipt,
  type ReceiptKey,
  type ReceiptStatement,
} from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'

export type ReceiptSigner = {
  readonly key: ReceiptKey
  sign(statement: ReceiptStatement): Receipt
}

/** PKCS #8 of an Ed25519 key, up to its 32 bytes (RFC 8410). */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key is derived from the operator's secret, so that there is one thing to keep. */
export function createReceiptSigner(secret: string): ReceiptSigner {
  const seed = createHash('sha256').update(`goalpost receipt key 1\n${secret}`).digest()
  const privateKey = createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: 'der', type: 'pkcs8' })
  const key = describePublicKey(createPublicKey(privateKey))
  return {
    key,
    sign(statement) {
      const payload = Buffer.from(canonicalJson(statement))
      const sig = sign(null, receiptSigningBytes(payload), privateKey).toString('base64')
      return {
        payloadType: receiptPayloadType,
        payload: payload.toString('base64'),
        signatures: [{ keyid: key.keyid, sig }],
        publicKey: key.publicKey,
      }
    },
  }
}

function describePublicKey(key: KeyObject): ReceiptKey {
  const der = key.export({ format: 'der', type: 'spki' })
  return {
    keyid: createHash('sha256').update(der).digest('hex'),
    publicKey: key.export({ format: 'pem', type: 'spki' }).toString(),
  }
}
