import { createHmac } from 'node:crypto'

const prefix = 'whsec_'

/** The secret in the form in which receivers' libraries take it. */
export function formatSecret(bytes: Uint8Array): string {
  return `${prefix}${Buffer.from(bytes).toString('base64')}`
}

export type SignedMessage = { readonly id: string; readonly timestamp: number; readonly body: string }

/**
 * The header `webhook-signature` of Standard Webhooks: HMAC-SHA256 over id, timestamp (seconds) and body. With several
 * secrets, one signature for each, so that receivers can change theirs at any time.
 */
export function signMessage({ id, timestamp, body }: SignedMessage, secrets: readonly string[]): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(prefix.length), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
    })
    .join(' ')
}
