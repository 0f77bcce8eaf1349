import type { CommandRow } from '../../command-table.ts'

const name = 'nightly'

export const scheduleCommands: readonly CommandRow[] = [
  {
    usage: 'schedules apply <file>',
    summary: 'create the schedule of a file, or replace the one of its name',
    examples: ['schedules apply examples/schedules/nightly.yaml'],
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    usage: 'schedules preview [file]',
    summary: 'show the next ten occurrences of a file or a cron expression; nothing is stored',
    options: [
      ['--cron <expression>', 'minute, hour, day of month, month, day of week'],
      ['--timezone <name>', 'an IANA time zone, such as Europe/Berlin (default: UTC)'],
    ],
    examples: [
      'schedules preview examples/schedules/nightly.yaml',
      'schedules preview --cron "30 2 * * *" --timezone Europe/Berlin',
    ],
    load: async () => (await import('./preview.ts')).preview,
  },
  {
    usage: 'schedules list',
    summary: 'list schedules, newest first',
    options: [['--limit <count>', 'maximum number (default: 50)']],
    examples: ['schedules list'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    usage: 'schedules show <name>',
    summary: 'show the next occurrences and latest runs of a schedule',
    examples: [`schedules show ${name}`],
    load: async () => (await import('./show.ts')).show,
  },
  {
    usage: 'schedules pause <name>',
    summary: 'start nothing until it is resumed',
    examples: [`schedules pause ${name}`],
    load: async () => (await import('./change.ts')).pause,
  },
  {
    usage: 'schedules resume <name>',
    summary: 'continue with the next occurrence',
    examples: [`schedules resume ${name}`],
    load: async () => (await import('./change.ts')).resume,
  },
  {
    usage: 'schedules run-now <name>',
    summary: 'start its experiment now',
    examples: [`schedules run-now ${name}`],
    load: async () => (await import('./change.ts')).runNow,
  },
  {
    usage: 'schedules delete <name>',
    summary: 'delete a schedule; its experiments are kept',
    examples: [`schedules delete ${name}`],
    load: async () => (await import('./change.ts')).remove,
  },
]
