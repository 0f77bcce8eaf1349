import type { JsonObject, WebhookFormat, WebhookPayload } from '@goalpost/contracts'
import { webhookTestType } from '@goalpost/contracts'

/** The header `webhook-id`: receivers recognise a repeated message by it. */
export function messageIdOf(deliveryId: string): string {
  return `msg_${deliveryId}`
}

export type WebhookEvent = {
  readonly type: WebhookPayload['type']
  /** Null: a test. */
  readonly subject: string | null
  readonly payload: JsonObject
  readonly at: Date
}

/** The body of a request: the same in all attempts. */
export function webhookBody(event: WebhookEvent, format: WebhookFormat): string {
  if (format === 'slack') return JSON.stringify({ text: slackText(event) })
  const { type, subject, payload, at } = event
  const body: WebhookPayload = { type, timestamp: at.toISOString(), data: { subject, ...payload } }
  return JSON.stringify(body)
}

function slackText({ type, subject, payload }: WebhookEvent): string {
  const experiment = object(payload['experiment'])
  const name = `*${text(experiment['name'] ?? payload['name'] ?? subject)}*`
  switch (type) {
    case webhookTestType:
      return 'A test message from Goalpost'
    case 'experiment.created':
      return `Experiment ${name} was submitted`
    case 'experiment.extended':
      return `Experiment ${name} was extended`
    case 'experiment.paused':
      return `Experiment ${name} was paused`
    case 'experiment.resumed':
      return `Experiment ${name} was resumed`
    case 'experiment.state':
      return `Experiment ${name} is ${text(payload['state'])}`
    case 'verdict.changed':
      return `Experiment ${name}, ${text(payload['title'] ?? payload['condition'])}: ${verdictText(payload)}`
    case 'gate-run.started':
      return `Gate *${text(payload['gate'])}* tests ${tested(payload)}`
    case 'gate-run.ended':
      return `Gate *${text(payload['gate'])}*, ${tested(payload)}: *${text(payload['outcome'])}*${violations(payload)}`
    default:
      return `${type}: ${text(subject)}`
  }
}

function tested({ model, version }: JsonObject): string {
  return `${text(model)} ${text(version)}`
}

/** The rules that are violated, one a line. */
function violations({ rules }: JsonObject): string {
  if (!Array.isArray(rules)) return ''
  const violated = rules.map(object).filter(({ state }) => state === 'violated')
  return violated.map(({ rule, reason }) => `\n• ${text(rule)}: ${text(reason)}`).join('')
}

function verdictText({ name, previous }: JsonObject): string {
  if (name === null || name === undefined) return `no verdict any more (was ${text(previous)})`
  return previous === null || previous === undefined ? `*${text(name)}*` : `*${text(name)}* (was ${text(previous)})`
}

/** Slack's three control characters. https://docs.slack.dev/messaging/formatting-message-text */
function text(value: unknown): string {
  const plain = typeof value === 'string' ? value : JSON.stringify(value ?? '')
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
