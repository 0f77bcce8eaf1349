import type { CommandRow } from '../../command-table.ts'

export const lifecycleCommands: readonly CommandRow[] = [
  {
    usage: 'archive <experiments...>',
    summary: 'hide experiments from lists',
    examples: ['archive last'],
    load: async () => (await import('./act-on-all.ts')).archive,
  },
  {
    usage: 'unarchive <experiments...>',
    summary: 'show archived experiments in lists again',
    examples: ['unarchive last'],
    load: async () => (await import('./act-on-all.ts')).unarchive,
  },
  {
    usage: 'pause <experiments...>',
    summary: 'stop experiments at a checkpoint',
    examples: ['pause last'],
    load: async () => (await import('./act-on-all.ts')).pause,
  },
  {
    usage: 'resume <experiments...>',
    summary: 'continue paused experiments',
    examples: ['resume last'],
    load: async () => (await import('./act-on-all.ts')).resume,
  },
  {
    usage: 'prioritize <experiment> <priority>',
    summary: 'change which experiment of the workspace goes first (-100 to 100)',
    examples: ['prioritize last 10'],
    load: async () => (await import('./prioritize.ts')).prioritize,
  },
  {
    usage: 'label <experiment> <labels...>',
    summary: 'set labels (key=value) or remove them (key-)',
    examples: ['label last team=alignment', 'label last team-'],
    load: async () => (await import('./annotate.ts')).label,
  },
  {
    usage: 'note <experiment> [text]',
    summary: 'show the note of an experiment, or replace it',
    options: [['--remove', 'remove the note']],
    examples: ['note last "seed 3 looks odd"', 'note last'],
    load: async () => (await import('./annotate.ts')).note,
  },
  {
    usage: 'delete <experiments...>',
    summary: 'delete experiments that have ended; first shows what that frees',
    options: [['--yes', 'delete them; without it, nothing is changed']],
    examples: ['delete last', 'delete last --yes'],
    load: async () => (await import('./delete.ts')).remove,
  },
  {
    usage: 'storage',
    summary: 'show the bytes of stored files, by kind and by experiment',
    examples: ['storage'],
    load: async () => (await import('./storage.ts')).storage,
  },
  {
    usage: 'retention',
    summary: 'show or change for how many days curves, logs, events and checkpoints are kept',
    options: [
      ['--points <days>', 'points of curves of tasks that have succeeded; `none`: for ever'],
      ['--logs <days>', 'log lines of tasks that have ended'],
      ['--events <days>', 'changes of single experiments'],
      ['--checkpoints <days>', 'checkpoints that nothing needs'],
    ],
    examples: ['retention', 'retention --logs 90 --points none'],
    load: async () => (await import('./retention.ts')).retention,
  },
  {
    usage: 'bulk <action>',
    summary: 'archive, unarchive, pause, resume, cancel, retry or delete all experiments that a filter chooses',
    options: [
      ['--filter <name>', 'a saved filter'],
      ['--state <state>', 'only those in this state'],
      ['--label <label>', 'only those with this label, `key` or `key=value`'],
      ['--name <text>', 'only those with this part of their name'],
      ['--before <time>', 'only those created before, such as 2026-01-31T00:00:00Z'],
      ['--archived', 'only archived ones'],
      ['--limit <n>', 'the most experiments, oldest first: all unless given'],
      ['--save <name>', 'save this filter for everybody in the workspace, and change nothing'],
      ['--yes', 'do it; without it, the experiments are only shown'],
    ],
    examples: ['bulk archive --state failed', 'bulk delete --label team=old --archived --yes'],
    load: async () => (await import('./bulk.ts')).bulk,
  },
]
