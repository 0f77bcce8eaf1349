import type { CommandRow } from '../../command-table.ts'

const scope = [
  '--scope <scope>',
  'read, submit, manage or admin; each includes those before it (default: submit)',
] as const
const limit = ['--limit <count>', 'maximum number (default: 50)'] as const

export const peopleCommands: readonly CommandRow[] = [
  {
    usage: 'invitations create <name>',
    summary: 'make a link that gives one person a key of the workspace',
    options: [scope, ['--expires <time>', 'stops working after this time, up to 30d (default: 7d)']],
    examples: ['invitations create ada --scope submit --expires 3d'],
    load: async () => (await import('./invitations.ts')).create,
  },
  {
    usage: 'invitations list',
    summary: 'list invitations, newest first',
    options: [limit],
    examples: ['invitations list'],
    load: async () => (await import('./invitations.ts')).list,
  },
  {
    usage: 'invitations revoke <invitation>',
    summary: 'stop an invitation that was not accepted yet, by its id, the beginning of it or its name',
    examples: ['invitations revoke 01a227ab-3943', 'invitations revoke ada'],
    load: async () => (await import('./invitations.ts')).revoke,
  },
  {
    usage: 'invitations accept <link>',
    summary: 'exchange an invitation for an API key; its secret is shown once',
    examples: ["invitations accept 'https://goalpost.example.org/join#gp_…'"],
    load: async () => (await import('./invitations.ts')).accept,
  },
  {
    usage: 'members add <email>',
    summary: 'let a person sign in with an account elsewhere',
    options: [scope],
    examples: ['members add ada@example.org --scope manage'],
    load: async () => (await import('./members.ts')).add,
  },
  {
    usage: 'members list',
    summary: 'list who may sign in with an account elsewhere',
    options: [limit],
    examples: ['members list'],
    load: async () => (await import('./members.ts')).list,
  },
  {
    usage: 'members change <email>',
    summary: 'give a member another scope',
    options: [['--scope <scope>', 'read, submit, manage or admin; each includes those before it']],
    examples: ['members change ada@example.org --scope admin'],
    load: async () => (await import('./members.ts')).change,
  },
  {
    usage: 'members remove <email>',
    summary: 'remove a member and end their sessions',
    examples: ['members remove ada@example.org'],
    load: async () => (await import('./members.ts')).remove,
  },
]
