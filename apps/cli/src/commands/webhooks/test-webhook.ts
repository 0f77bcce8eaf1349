import { setTimeout as sleep } from 'node:timers/promises'
import { errorTable, type WebhookDeliveryView } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import type { Invocation, Outcome } from '../command.ts'
import { answerText } from './describe-webhook.ts'

/** A worker takes the delivery within seconds, and an attempt ends after ten. */
const patienceMs = 30_000
const pollMs = 250

/** The exit code is that of `unavailable` if the endpoint does not accept the message. */
export async function testWebhook({ context, global, args: [name = ''] }: Invocation): Promise<Outcome> {
  return withService(context, global, {
    need: 'compute',
    async use({ api }) {
      const delivery = await firstAttempt(api, name, (await api.testWebhook(name)).id)
      if (global.json) printJson(context, delivery)
      else context.print(describe(name, delivery))
      return delivery.state === 'delivered' ? 0 : errorTable.unavailable.exit
    },
  })
}

async function firstAttempt(api: ServiceApi, name: string, id: string): Promise<WebhookDeliveryView> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const delivery = await api.webhookDelivery(name, id)
    const underWay = delivery.attempts.at(-1)?.status === null && delivery.attempts.at(-1)?.durationMs === 0
    if ((delivery.attempts.length > 0 && !underWay) || Date.now() > deadline) return delivery
    await sleep(pollMs)
  }
}

function describe(name: string, { state, attempts }: WebhookDeliveryView): string {
  if (attempts.length === 0) return 'No worker has sent the message yet; it stays in the queue'
  const answer = answerText(attempts)
  return state === 'delivered' ? `${name} accepted the message: ${answer}` : `${name} did not accept it: ${answer}`
}
