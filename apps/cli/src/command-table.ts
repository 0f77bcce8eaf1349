import type { Invocation, Outcome } from './commands/command.ts'

export type Handler = (invocation: Invocation<never>) => Promise<Outcome>

/** One row per command. Handlers are loaded when called: help, the version and a typo load none of them. */
export type CommandRow = {
  readonly usage: string
  readonly summary: string
  readonly options?: readonly (readonly [flags: string, description: string])[]
  /** Each without `npx goalpost`. */
  readonly examples?: readonly string[]
  load(): Promise<Handler>
}

const full = ['--full', 'everything that the report has: tables, curves, pictures'] as const
const timeout = ['--timeout <time>', 'wait no longer than 90s, 10m or 2h; exit code 124 (default: no limit)'] as const
const seeds = [
  '--seeds <seeds>',
  'in place of those of the spec: how many (5), a range (100..104) or which ones (3,7,11)',
] as const
const set = ['--set <path=value...>', 'a field in place of what the spec says, such as options.steps=1000'] as const
const force = ['--force', 'overwrite what is there already'] as const
const only = ['--only <text>', 'only tasks with this in their name, such as "seed 3" (default: all)'] as const

export const commandTable: readonly CommandRow[] = [
  {
    usage: 'run <spec>',
    summary: 'run an experiment and show what it found',
    options: [seeds, set, timeout, full],
    examples: ['run examples/smoke.yaml', 'run examples/smoke.yaml --seeds 3 --set options.steps=4096'],
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    usage: 'init [file]',
    summary: 'write a spec to begin with, a copy of an example',
    options: [['--from <example>', 'which one of the folder examples (default: smoke)'], force],
    examples: ['init my.yaml', 'init my.yaml --from smoke'],
    load: async () => (await import('./commands/init.ts')).init,
  },
  {
    usage: 'up',
    summary: 'start the service here and keep it running',
    options: [
      ['--port <port>', 'where it listens; 0 for any free port (default: 4700)'],
      ['--host <address>', 'on which address (default: 127.0.0.1)'],
      ['--workers <count>', 'how many tasks at a time (default: one per core)'],
      ['--detach', 'come back once it runs; stop it with goalpost down'],
    ],
    examples: ['up', 'up --port 0 --detach'],
    load: async () => (await import('./commands/up.ts')).up,
  },
  {
    usage: 'down',
    summary: 'stop the service that runs here',
    examples: ['down'],
    load: async () => (await import('./commands/down.ts')).down,
  },
  {
    usage: 'preview <spec>',
    summary: 'what a spec would come to; nothing is stored',
    options: [seeds, set],
    examples: ['preview examples/smoke.yaml'],
    load: async () => (await import('./commands/submit.ts')).preview,
  },
  {
    usage: 'submit <spec>',
    summary: 'hand in an experiment and come back at once',
    options: [seeds, set, ['--idempotency-key <key>', 'the same key with the same spec again submits nothing new']],
    examples: ['submit examples/smoke.yaml'],
    load: async () => (await import('./commands/submit.ts')).submit,
  },
  {
    usage: 'list',
    summary: 'experiments and what they found, the newest first',
    options: [
      ['--state <state>', 'only those in this state (default: all)'],
      ['--name <part>', 'only those with this in their name (default: all)'],
      ['--verdict <name>', 'only those with a condition of this verdict (default: all)'],
      ['--limit <count>', 'at most so many (default: 20)'],
    ],
    examples: ['list', 'list --state running', 'list --verdict goal-misgeneralization'],
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    usage: 'show <experiment>',
    summary: 'conditions, runs and tasks of an experiment',
    options: [
      ['--tasks', 'every task instead of every run'],
      ['--spec', 'the resolved spec, as JSON'],
    ],
    examples: ['show last', 'show last --tasks'],
    load: async () => (await import('./commands/show.ts')).show,
  },
  {
    usage: 'watch <experiment>',
    summary: 'see an experiment through to its end, then show what it found',
    options: [timeout, full],
    examples: ['watch last'],
    load: async () => (await import('./commands/run.ts')).watch,
  },
  {
    usage: 'results <experiment>',
    summary: 'what was found, from what is there so far',
    options: [full, ['--csv', 'every measure of every seed as comma-separated values']],
    examples: ['results last', 'results last --full', 'results last --csv > results.csv'],
    load: async () => (await import('./commands/results.ts')).results,
  },
  {
    usage: 'report <experiment>',
    summary: 'the report as one HTML file, with curves, pictures and manifest',
    options: [
      ['--out <path>', 'file, or - for standard output (default: named after the experiment, in this folder)'],
      force,
    ],
    examples: ['report last', 'report last --out - > report.html'],
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    usage: 'compare <arms...>',
    summary: 'conditions side by side: EXPERIMENT or EXPERIMENT:CONDITION',
    examples: ['compare last', 'compare first second:some=1'],
    load: async () => (await import('./commands/results.ts')).compare,
  },
  {
    usage: 'extend <experiment>',
    summary: 'more seeds or conditions; what is computed stays',
    options: [
      ['--seeds <seeds>', 'how many more (5), a range (100..104) or which ones (3,7,11)'],
      ['--conditions <file>', 'YAML or JSON with a list of conditions, as in a spec'],
    ],
    examples: ['extend last --seeds 5'],
    load: async () => (await import('./commands/change.ts')).extend,
  },
  {
    usage: 'cancel <experiment>',
    summary: 'stop an experiment',
    examples: ['cancel last'],
    load: async () => (await import('./commands/change.ts')).cancel,
  },
  {
    usage: 'retry <experiment>',
    summary: 'try again what has failed or was cancelled',
    examples: ['retry last'],
    load: async () => (await import('./commands/change.ts')).retry,
  },
  {
    usage: 'logs <id>',
    summary: 'task logs of EXPERIMENT, EXPERIMENT:CONDITION, a run or a task',
    options: [only],
    examples: ['logs last', 'logs last --only "seed 3"'],
    load: async () => (await import('./commands/logs.ts')).logs,
  },
  {
    usage: 'upload <file>',
    summary: 'keep a file in the service, such as an ONNX model; prints its hash',
    examples: ['upload model.onnx'],
    load: async () => (await import('./commands/upload.ts')).upload,
  },
  {
    usage: 'export <id>',
    summary: 'ONNX models of EXPERIMENT, EXPERIMENT:CONDITION, a run or a task',
    options: [
      [
        '--out <path>',
        'file; for several models a folder; - for standard output (default: named after runs, in this folder)',
      ],
      ['--step <step>', 'the checkpoint of that step (default: the last one)'],
      only,
      force,
    ],
    examples: ['export last --out models/', 'export last --only "seed 0" --out model.onnx'],
    load: async () => (await import('./commands/export.ts')).exportModels,
  },
  {
    usage: 'verify <experiment>',
    summary: 'compute a sample of runs again and compare the results',
    options: [
      ['--runs <count>', 'how many runs (default: 1)'],
      ['--sample <text>', "choose other runs: every text has a sample of its own (default: the experiment's id)"],
    ],
    examples: ['verify last --runs 2'],
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    usage: 'catalog [name]',
    summary: 'the protocols and what they have on offer',
    examples: ['catalog'],
    load: async () => (await import('./commands/catalog.ts')).catalog,
  },
  {
    usage: 'workers',
    summary: 'who computes at present, and on which engines',
    examples: ['workers'],
    load: async () => (await import('./commands/workers.ts')).workers,
  },
  {
    usage: 'doctor',
    summary: 'what this machine has of what Goalpost needs, and which engine is fastest',
    examples: ['doctor'],
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    usage: 'completion <shell>',
    summary: 'completes commands and options in bash, zsh or fish',
    examples: ['completion bash >> ~/.bashrc', 'completion fish > ~/.config/fish/completions/goalpost.fish'],
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  {
    usage: 'version',
    summary: 'versions of goalpost and Node',
    examples: ['version'],
    load: async () => (await import('./commands/version.ts')).version,
  },
]
