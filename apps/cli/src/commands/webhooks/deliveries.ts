import { GoalpostError, webhookDeliveryQuery } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { Invocation, Outcome } from '../command.ts'
import { deliveryTable } from './describe-webhook.ts'

export type DeliveriesOptions = { readonly state?: string; readonly limit?: string }

export async function deliveries({
  context,
  global,
  args: [name = ''],
  options,
}: Invocation<DeliveriesOptions>): Promise<Outcome> {
  const given = { limit: options.limit ?? '20', ...(options.state === undefined ? {} : { state: options.state }) }
  const query = webhookDeliveryQuery.safeParse(given)
  if (!query.success) {
    const issues = explainZodError(query.error, webhookDeliveryQuery, given)
    throw new GoalpostError('invalid-request', 'The options are not valid', { issues })
  }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const found = await api.webhookDeliveries(name, query.data)
      if (global.json) return printJson(context, found)
      if (found.items.length === 0) return context.print('No deliveries')
      printLines(context, deliveryTable(context, found.items))
      if (found.nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}

export async function redeliver({ context, global, args: [name = '', id = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const delivery = await api.redeliverWebhook(name, id)
      if (global.json) printJson(context, delivery)
      else printLines(context, deliveryTable(context, [delivery]))
    },
  })
}
