import type { CommandRow } from '../../command-table.ts'

const wait = ['--wait', 'wait until it has ended'] as const
const timeout = ['--timeout <time>', 'wait no longer than 90s, 10m or 2h (default: no limit)'] as const
const limit = ['--limit <count>', 'maximum number (default: 20)'] as const

export const gateCommands: readonly CommandRow[] = [
  {
    usage: 'gates apply <file>',
    summary: 'create the gate of a file, or change the one of its name',
    examples: ['gates apply examples/gates/corner.yaml'],
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    usage: 'gates list',
    summary: 'list gates with their latest outcomes',
    options: [
      ['--model <name>', 'only gates of this model (default: all)'],
      ['--name <part>', 'only those whose name contains this (default: all)'],
      ['--limit <count>', 'maximum number (default: 50)'],
    ],
    examples: ['gates list'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    usage: 'gates show <gate>',
    summary: 'show a gate, its latest run, and its measures over the versions',
    examples: ['gates show corner'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    usage: 'gates delete <gate>',
    summary: 'remove a gate from lists; it starts no more runs, and those it has had stay',
    examples: ['gates delete corner'],
    load: async () => (await import('./delete.ts')).remove,
  },
  {
    usage: 'gates run <gate> [version]',
    summary: 'test a version now: a number or an alias (default: latest)',
    options: [wait, timeout],
    examples: ['gates run corner 12 --wait'],
    load: async () => (await import('./run.ts')).run,
  },
  {
    usage: 'gates runs <gate> [version]',
    summary: 'list the runs of a gate, or those of one version, newest first',
    options: [limit],
    examples: ['gates runs corner'],
    load: async () => (await import('./run.ts')).runs,
  },
  {
    usage: 'gates check [version]',
    summary: 'exit with the outcome of all gates of a model: 14 fail, 15 undecided, 16 not ended',
    options: [
      ['--model <name>', 'the model'],
      ['--gate <name>', 'only this gate (default: all gates of the model)'],
      ['--wait', 'wait until they have ended; gates that have not tested the version start'],
      timeout,
      ['--github-summary', 'append the rules to the file that GITHUB_STEP_SUMMARY names'],
    ],
    examples: ['gates check --model mouse --wait'],
    load: async () => (await import('./check.ts')).check,
  },
  {
    usage: 'gates bisect <gate>',
    summary: 'search for the first version that violates a gate',
    options: [
      ['--good <number>', 'a version known to keep the rules'],
      ['--bad <number>', 'a later version known to violate them'],
    ],
    examples: ['gates bisect corner --good 12 --bad 40'],
    load: async () => (await import('./bisect.ts')).bisect,
  },
  {
    usage: 'gates badge <gate>',
    summary: 'write the latest outcome as a picture (SVG)',
    options: [['--out <path>', 'file (default: standard output)']],
    examples: ['gates badge corner --out gate.svg'],
    load: async () => (await import('./badge.ts')).badge,
  },
]
