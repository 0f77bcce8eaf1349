import {
  deliveryTimeoutMs,
  messageIdOf,
  signMessage,
  webhookBody,
  type AttemptOutcome,
  type ClaimedDelivery,
} from '@goalpost/experiments'
import { postMessage, type PostSettings } from './post-message.ts'

export type DeliverSettings = Omit<PostSettings, 'timeoutMs'> & { readonly timeoutMs?: number }

/** One attempt. The signature has the attempt's time, so that receivers can refuse old requests. */
export async function deliver(
  { id, url, format, secrets, event }: ClaimedDelivery,
  settings: DeliverSettings,
): Promise<AttemptOutcome & { readonly durationMs: number }> {
  const startedAt = performance.now()
  const message = { id: messageIdOf(id), timestamp: Math.floor(Date.now() / 1_000), body: webhookBody(event, format) }
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Goalpost',
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': signMessage(message, secrets),
  }
  const outcome = await postMessage({ url, headers, body: message.body }, { timeoutMs: deliveryTimeoutMs, ...settings })
  return { ...outcome, durationMs: Math.round(performance.now() - startedAt) }
}
