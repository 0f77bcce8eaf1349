import type { WebhookView } from '@goalpost/contracts'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeWebhook, webhookTable } from './describe-webhook.ts'

export async function list({ context, global }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const found = await api.webhooks({ limit: 200 })
      if (global.json) return printJson(context, found)
      if (found.items.length === 0)
        return context.print('No webhooks yet. Create one:  npx goalpost webhooks create NAME --to URL')
      printLines(context, webhookTable(context, found.items))
    },
  })
}

export function show(invocation: Invocation): Promise<Outcome> {
  return showAfter(invocation, (api, name) => api.webhook(name))
}

export function enable(invocation: Invocation): Promise<Outcome> {
  return showAfter(invocation, (api, name) => api.enableWebhook(name))
}

async function showAfter(
  { context, global, args: [name = ''] }: Invocation,
  act: (api: ServiceApi, name: string) => Promise<WebhookView>,
): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const webhook = await act(api, name)
      if (global.json) printJson(context, webhook)
      else printLines(context, describeWebhook(context, webhook))
    },
  })
}

export async function remove({ context, global, args: [name = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      await api.deleteWebhook(name)
      if (global.json) printJson(context, { deleted: name })
      else context.print(`Deleted the webhook ${name}`)
    },
  })
}
