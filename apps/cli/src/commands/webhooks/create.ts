import { GoalpostError, webhookSpec, type WebhookSpecInput, type WebhookWithSecret } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import { printJson, printLines, type Context, type GlobalOptions } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeWebhook } from './describe-webhook.ts'

export type CreateOptions = { readonly to?: string; readonly events?: readonly string[]; readonly format?: string }

export async function create({ context, global, args: [name], options }: Invocation<CreateOptions>): Promise<Outcome> {
  const spec = readOptions({ name, url: options.to, events: options.events, format: options.format })
  await withService(context, global, {
    need: 'read',
    use: async ({ api }) => printWithSecret(context, global, await api.createWebhook(spec)),
  })
}

export async function rotate({ context, global, args: [name = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    use: async ({ api }) => printWithSecret(context, global, await api.rotateWebhook(name)),
  })
}

function printWithSecret(context: Context, global: GlobalOptions, { webhook, secret }: WebhookWithSecret): void {
  if (global.json) return printJson(context, { webhook, secret })
  printLines(context, describeWebhook(context, webhook))
  context.print(`  ${context.terminal.colours.dim('secret'.padEnd(8))}  ${secret}`)
  context.note('The secret is shown only once. The receiver verifies signatures with it: docs/webhooks.md')
}

function readOptions(given: Readonly<Record<string, unknown>>): WebhookSpecInput {
  if (given['url'] === undefined) throw new GoalpostError('invalid-request', 'Name the receiver: --to https://…')
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const parsed = webhookSpec.safeParse(defined)
  if (parsed.success) return parsed.data
  const issues = explainZodError(parsed.error, webhookSpec, defined)
  throw new GoalpostError('invalid-request', 'The webhook is not valid', { issues })
}
