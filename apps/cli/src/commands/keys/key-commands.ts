import type { CommandRow } from '../../command-table.ts'

const expires = ['--expires <time>', 'stops working after this time, such as 90d (default: never)'] as const
const scope = [
  '--scope <scope>',
  'read, submit, manage or admin; each includes those before it (default: manage)',
] as const

export const keyCommands: readonly CommandRow[] = [
  {
    usage: 'keys create <name>',
    summary: 'create an API key; its secret is shown once',
    options: [scope, expires, ['--workspace <name>', 'of another workspace; for operators (default: your own)']],
    examples: ['keys create nightly --scope submit --expires 90d'],
    load: async () => (await import('./create.ts')).create,
  },
  {
    usage: 'keys list',
    summary: 'list the API keys of the workspace, newest first',
    options: [['--limit <count>', 'maximum number (default: 50)']],
    examples: ['keys list'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    usage: 'keys self',
    summary: 'show the key in use: its workspace and scope',
    examples: ['keys self'],
    load: async () => (await import('./list.ts')).self,
  },
  {
    usage: 'keys rotate <key>',
    summary: 'replace a key with one of the same name and rights',
    options: [['--grace <time>', 'how long the previous secret keeps working, such as 1h (default: 24h)']],
    examples: ['keys rotate nightly --grace 1h'],
    load: async () => (await import('./change.ts')).rotate,
  },
  {
    usage: 'keys revoke <key>',
    summary: 'stop a key at once',
    examples: ['keys revoke nightly'],
    load: async () => (await import('./change.ts')).revoke,
  },
  {
    usage: 'keys audit',
    summary: 'list who changed what in the workspace, newest first',
    options: [
      ['--limit <count>', 'maximum number, up to 200 (default: 50)'],
      ['--all', 'the whole log'],
      ['--csv', 'as CSV, with the values before and after'],
    ],
    examples: ['keys audit', 'keys audit --all --csv > audit.csv'],
    load: async () => (await import('./audit.ts')).audit,
  },
]

export const workspaceCommands: readonly CommandRow[] = [
  {
    usage: 'workspaces create <name>',
    summary: 'create a workspace and its first key; for operators',
    examples: ['workspaces create interpretability'],
    load: async () => (await import('../workspaces/workspaces.ts')).create,
  },
  {
    usage: 'workspaces quota <name>',
    summary: 'show or change the limits of a workspace; for operators',
    options: [
      ['--cpu <tasks>', 'tasks on processors at a time; others wait. `none` removes the limit, also of the following'],
      ['--gpu <tasks>', 'tasks on GPUs at a time'],
      ['--runs <count>', 'runs that have not ended; submissions beyond it are refused'],
      ['--storage <size>', 'stored files, such as 50GB; submissions and uploads beyond it are refused'],
      ['--weight <weight>', 'its share of the slots, compared with other workspaces (1 to 100)'],
    ],
    examples: ['workspaces quota default --cpu 8 --runs 2000 --storage 50GB', 'workspaces quota default --cpu none'],
    load: async () => (await import('../workspaces/quota.ts')).quota,
  },
  {
    usage: 'workspaces list',
    summary: 'list workspaces; for operators',
    examples: ['workspaces list'],
    load: async () => (await import('../workspaces/workspaces.ts')).list,
  },
]
