import { z } from 'zod'
import { pageQuery } from './experiment-query.ts'
import { scheduleName } from './schedules.ts'
import { workspaceEventType } from './workspace-event.ts'

/** HTTP requests to subscribers of a workspace's events, signed as in https://www.standardwebhooks.com. */

const time = z.iso.datetime()

const groups = [...new Set(workspaceEventType.options.map((type) => `${type.split('.')[0]}.*`))]

/** A type of events, all types of a group, or all. */
export const webhookFilter = z.enum(['*', ...groups, ...workspaceEventType.options])

/** What a request holds. */
export const webhookFormat = z.enum(['standard', 'slack'])
export type WebhookFormat = z.infer<typeof webhookFormat>

export const webhookSpec = z.strictObject({
  name: scheduleName,
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .max(2_000)
    .refine((url) => !/^[a-z]+:\/\/[^/?#]*@/i.test(url), 'must not contain a user name or password')
    .refine((url) => !url.includes('#'), 'must not contain a fragment')
    .describe('Receives POST requests'),
  events: z.array(webhookFilter).min(1).max(50).default(['*']).describe('E.g. `experiment.state` or `experiment.*`'),
  format: webhookFormat
    .default('standard')
    .describe('`standard`: the event as JSON; `slack`: a text, as incoming webhooks of Slack and Mattermost take it'),
})
export type WebhookSpec = z.infer<typeof webhookSpec>
export type WebhookSpecInput = z.input<typeof webhookSpec>

export const webhookView = webhookSpec.extend({
  id: z.uuid(),
  state: z.enum(['active', 'disabled']),
  /** Why it is disabled; null while it is active. */
  disabledReason: z.string().nullable(),
  /** Until when requests are signed with the previous secret too; null if they are not. */
  previousSecretUntil: time.nullable(),
  lastSuccessAt: time.nullable(),
  /** Deliveries that are waiting for their first or next attempt. */
  pending: z.number().int().nonnegative(),
  createdAt: time,
  updatedAt: time,
})
export type WebhookView = z.infer<typeof webhookView>

/** The only answers that hold a secret. */
export const webhookWithSecret = z.strictObject({
  webhook: webhookView,
  /** Shown once. */
  secret: z.string(),
})
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>

export const webhookTestType = 'webhook.test'

export const webhookDeliveryState = z.enum(['pending', 'delivered', 'failed', 'dropped'])
export type WebhookDeliveryState = z.infer<typeof webhookDeliveryState>

export const webhookAttemptView = z.strictObject({
  number: z.number().int().positive(),
  at: time,
  durationMs: z.number().int().nonnegative(),
  /** Of the answer; null if there was none. */
  status: z.number().int().nullable(),
  /** Why the attempt failed; null if it did not. */
  error: z.string().nullable(),
})
export type WebhookAttemptView = z.infer<typeof webhookAttemptView>

export const webhookDeliveryView = z.strictObject({
  id: z.uuid(),
  /** The header `webhook-id`: the same in all attempts. */
  messageId: z.string(),
  type: z.union([workspaceEventType, z.literal(webhookTestType)]),
  /** What the event is about, as a path of the API below /v1; null for tests. */
  subject: z.string().nullable(),
  state: webhookDeliveryState,
  attempts: z.array(webhookAttemptView),
  nextAttemptAt: time.nullable(),
  createdAt: time,
})
export type WebhookDeliveryView = z.infer<typeof webhookDeliveryView>

export const webhookDeliveryQuery = pageQuery.extend({ state: webhookDeliveryState.optional() })
export type WebhookDeliveryQuery = z.input<typeof webhookDeliveryQuery>
export type WebhookQuery = z.input<typeof pageQuery>

/** The body in the format `standard`. */
export const webhookPayload = z.strictObject({
  type: webhookDeliveryView.shape.type,
  timestamp: time,
  data: z.looseObject({ subject: z.string().nullable() }),
})
export type WebhookPayload = z.infer<typeof webhookPayload>
