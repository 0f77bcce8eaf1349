import type { CommandRow } from '../../command-table.ts'

export const webhookCommands: readonly CommandRow[] = [
  {
    usage: 'webhooks create <name>',
    summary: 'send events to a URL; prints the secret of the signatures, once',
    options: [
      ['--to <url>', 'the http or https URL that receives them'],
      ['--events <types...>', 'such as experiment.state, verdict.changed or experiment.* (default: all)'],
      ['--format <format>', 'standard, or slack for incoming webhooks of Slack and Mattermost (default: standard)'],
    ],
    examples: ['webhooks create team --to https://hooks.example.org/goalpost --events "experiment.*" verdict.changed'],
    load: async () => (await import('./create.ts')).create,
  },
  {
    usage: 'webhooks list',
    summary: 'list webhooks, newest first',
    examples: ['webhooks list'],
    load: async () => (await import('./show.ts')).list,
  },
  {
    usage: 'webhooks show <name>',
    summary: 'show a webhook, without its secret',
    examples: ['webhooks show team'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    usage: 'webhooks rotate <name>',
    summary: 'make a new secret; the previous one signs too for a day',
    examples: ['webhooks rotate team'],
    load: async () => (await import('./create.ts')).rotate,
  },
  {
    usage: 'webhooks test <name>',
    summary: 'send a test message and wait for the answer',
    examples: ['webhooks test team'],
    load: async () => (await import('./test-webhook.ts')).testWebhook,
  },
  {
    usage: 'webhooks deliveries <name>',
    summary: 'list deliveries with their attempts, newest first',
    options: [
      ['--state <state>', 'only pending, delivered, failed or dropped ones (default: all)'],
      ['--limit <count>', 'maximum number (default: 20)'],
    ],
    examples: ['webhooks deliveries team', 'webhooks deliveries team --state failed'],
    load: async () => (await import('./deliveries.ts')).deliveries,
  },
  {
    usage: 'webhooks redeliver <name> <delivery>',
    summary: 'send a message again, with the same id',
    examples: ['webhooks redeliver team 01a227d3-e99f-7aaa-8000-000000000000'],
    load: async () => (await import('./deliveries.ts')).redeliver,
  },
  {
    usage: 'webhooks enable <name>',
    summary: 'make a disabled webhook active again',
    examples: ['webhooks enable team'],
    load: async () => (await import('./show.ts')).enable,
  },
  {
    usage: 'webhooks delete <name>',
    summary: 'delete a webhook and its log',
    examples: ['webhooks delete team'],
    load: async () => (await import('./show.ts')).remove,
  },
]
