import type { AttemptOutcome, ClaimedDelivery, WebhookDeliveries } from '@goalpost/experiments'
import type { Logger } from '@goalpost/telemetry'

export type WebhookSender = {
  /** Starts as many due deliveries as there is room for; resolves to their number. */
  send(): Promise<number>
  /** Resolves when no delivery is under way. */
  idle(): Promise<void>
}

export type SenderDependencies = {
  readonly webhooks: WebhookDeliveries
  readonly deliver: (claimed: ClaimedDelivery) => Promise<AttemptOutcome & { readonly durationMs: number }>
  readonly log: Logger
}

const mostAtATime = 16
/** An endpoint that never answers occupies only these. */
const mostPerWebhook = 4

/** `onRoom` is called after each delivery: more may be due. */
export function createWebhookSender({ webhooks, deliver, log }: SenderDependencies, onRoom: () => void): WebhookSender {
  const underWay = new Map<Promise<void>, string>()

  async function attempt(claimed: ClaimedDelivery): Promise<void> {
    const { id, webhookId } = claimed
    try {
      const outcome = await deliver(claimed)
      await webhooks.settle(claimed, outcome)
      log.info({ delivery: id, webhook: webhookId, attempt: claimed.attempt, ...outcome }, 'webhook delivery attempted')
    } catch (error) {
      // The lease runs out, and the delivery is repeated.
      log.warn({ delivery: id, webhook: webhookId, err: error }, 'the outcome of a webhook delivery was not stored')
    }
  }

  function busyWebhooks(): string[] {
    const counts = Map.groupBy(underWay.values(), (webhookId) => webhookId)
    return [...counts].filter(([, own]) => own.length >= mostPerWebhook).map(([webhookId]) => webhookId)
  }

  return {
    async send() {
      const limit = mostAtATime - underWay.size
      if (limit <= 0) return 0
      const claimed = await webhooks.claim({ limit, perWebhook: mostPerWebhook, busy: busyWebhooks() })
      for (const delivery of claimed) {
        const running = attempt(delivery).finally(() => {
          underWay.delete(running)
          onRoom()
        })
        underWay.set(running, delivery.webhookId)
      }
      return claimed.length
    },
    idle: async () => void (await Promise.all(underWay.keys())),
  }
}
