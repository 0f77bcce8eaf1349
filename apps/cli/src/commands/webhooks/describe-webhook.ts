import type { WebhookDeliveryView, WebhookView } from '@goalpost/contracts'
import type { Context } from '../../context.ts'
import { formatAge } from '../../terminal/numbers.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'

export function describeWebhook({ terminal, now }: Context, webhook: WebhookView): string[] {
  const { disabledReason, lastSuccessAt, pending, previousSecretUntil } = webhook
  const facts = [
    ['url', plain(webhook.url)],
    ['events', webhook.events.join(', ')],
    ['format', webhook.format],
    ['state', disabledReason === null ? webhook.state : `disabled: ${plain(disabledReason)}`],
    ['waiting', pending === 0 ? '' : String(pending)],
    ['success', lastSuccessAt === null ? '' : formatAge(lastSuccessAt, now())],
    ['rotation', previousSecretUntil === null ? '' : `the previous secret signs too until ${previousSecretUntil}`],
  ]
  return [
    terminal.colours.bold(plain(webhook.name)),
    ...facts
      .filter(([, value]) => value !== '')
      .map(([name = '', value = '']) => `  ${terminal.colours.dim(name.padEnd(8))}  ${value}`),
  ]
}

export function webhookTable({ terminal }: Context, items: readonly WebhookView[]): string[] {
  return renderTable(terminal, {
    columns: ['name', 'state', 'events', 'format', 'url'].map((title) => ({ title })),
    rows: items.map(({ name, state, events, format, url }) =>
      [name, state, events.join(', '), format, url].map((text) => ({ text: plain(text) })),
    ),
  })
}

export function deliveryTable({ terminal, now }: Context, items: readonly WebhookDeliveryView[]): string[] {
  return renderTable(terminal, {
    columns: [
      { title: 'delivery', whole: true },
      { title: 'event' },
      { title: 'state' },
      { title: 'attempts', align: 'right' },
      { title: 'latest answer' },
      { title: 'created' },
    ],
    rows: items.map(({ id, type, state, attempts, createdAt }) =>
      [id, type, state, String(attempts.length), answerText(attempts), formatAge(createdAt, now())].map((text) => ({
        text: plain(text),
      })),
    ),
  })
}

export function answerText(attempts: WebhookDeliveryView['attempts']): string {
  const latest = attempts.at(-1)
  if (latest === undefined) return ''
  return latest.error ?? `${latest.status} in ${latest.durationMs} ms`
}
