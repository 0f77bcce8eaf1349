import type {
  WebhookDeliveryState,
  WebhookDeliveryView,
  WebhookFormat,
  WebhookSpec,
  WebhookView,
} from '@goalpost/contracts'
import type { AttemptOutcome } from '../webhooks/decide-delivery.ts'
import type { WebhookEvent } from '../webhooks/payload.ts'
import type { Actor } from './api-key-store.ts'
import type { Page } from './page.ts'

type PageRequest = { readonly cursor?: string | undefined; readonly limit: number }

/**
 * Webhooks for the API. The workspace is always the first argument; null and false: there is none of that name. Changes
 * go to the audit log as the actor's.
 */
export type WebhookStore = {
  /** Null if the name is taken. */
  create(workspaceId: string, webhook: { spec: WebhookSpec; secret: string }, actor: Actor): Promise<WebhookView | null>
  list(workspaceId: string, query: PageRequest): Promise<Page<WebhookView>>
  get(workspaceId: string, name: string): Promise<WebhookView | null>
  /** The previous secret signs for another day. */
  rotate(workspaceId: string, name: string, secret: string, actor: Actor): Promise<boolean>
  /** Makes a disabled webhook active again. */
  enable(workspaceId: string, name: string, actor: Actor): Promise<boolean>
  /** With its deliveries. */
  delete(workspaceId: string, name: string, actor: Actor): Promise<boolean>
  /** Adds the delivery of a test message; resolves to its id. */
  test(workspaceId: string, name: string): Promise<string | null>
  deliveries(
    workspaceId: string,
    name: string,
    query: PageRequest & { readonly state?: WebhookDeliveryState | undefined },
  ): Promise<Page<WebhookDeliveryView> | null>
  delivery(workspaceId: string, name: string, id: string): Promise<WebhookDeliveryView | null>
  /** Sends the same message again. `disabled`: the webhook takes none. */
  redeliver(workspaceId: string, name: string, id: string): Promise<'repeated' | 'disabled' | null>
}

/** A delivery that a worker has taken, and that no other takes during its lease. */
export type ClaimedDelivery = {
  readonly id: string
  readonly webhookId: string
  /** Counts all attempts; also fences the outcome. */
  readonly attempt: number
  readonly url: string
  readonly format: WebhookFormat
  readonly secrets: readonly string[]
  readonly event: WebhookEvent
}

export type ClaimLimits = {
  readonly limit: number
  /** Of one webhook. */
  readonly perWebhook: number
  /** Webhooks with enough deliveries under way. */
  readonly busy: readonly string[]
}

/** Webhooks for the control loops of workers. */
export type WebhookDeliveries = {
  claim(limits: ClaimLimits): Promise<readonly ClaimedDelivery[]>
  /** False if the lease had run out and another worker has taken the delivery. */
  settle(claimed: ClaimedDelivery, outcome: AttemptOutcome & { readonly durationMs: number }): Promise<boolean>
}

/** The lease is longer than any attempt. */
export const deliveryTimeoutMs = 10_000
export const deliveryLeaseMs = 30_000
/** How long the previous secret signs after a rotation. */
export const rotationMs = 24 * 3_600_000
