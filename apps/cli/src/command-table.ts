import type { Invocation, Outcome } from './commands/command.ts'
import { gateCommands } from './commands/gates/gate-commands.ts'
import { keyCommands, workspaceCommands } from './commands/keys/key-commands.ts'
import { peopleCommands } from './commands/people/people-commands.ts'
import { lifecycleCommands } from './commands/lifecycle/lifecycle-commands.ts'
import { modelCommands } from './commands/models/model-commands.ts'
import { expectationFlags } from './expectations/expectation-options.ts'
import { receiptCommands } from './commands/receipts/receipt-commands.ts'
import { scheduleCommands } from './commands/schedules/schedule-commands.ts'
import { webhookCommands } from './commands/webhooks/webhook-commands.ts'

export type Handler = (invocation: Invocation<never>) => Promise<Outcome>

/**
 * One row per command; in a group, such as `keys`, the group's name comes first. Handlers are loaded when called, so help and
 * the version load none.
 */
export type CommandRow = {
  readonly usage: string
  readonly summary: string
  readonly options?: readonly (readonly [flags: string, description: string])[]
  /** Each without `npx goalpost`. */
  readonly examples?: readonly string[]
  load(): Promise<Handler>
}

const full = ['--full', 'the whole report: tables, curves, pictures'] as const
const timeout = ['--timeout <time>', 'wait no longer than 90s, 10m or 2h; exit code 124 (default: no limit)'] as const
const seeds = [
  '--seeds <seeds>',
  "replaces the spec's seeds: a count (5), a range (100..104) or a list (3,7,11)",
] as const
const set = ['--set <path=value...>', 'replaces a field of the spec, such as options.steps=1000'] as const
const yes = ['--yes', 'do not ask where flags make it much larger than its file'] as const
const force = ['--force', 'overwrite existing files'] as const
const parquet = ['--parquet <path>', 'the same as an Apache Parquet file, or - for standard output'] as const
const only = ['--only <text>', 'only tasks whose name contains this, such as "seed 3" (default: all)'] as const

/** Groups of commands. */
export const groupSummaries: Readonly<Record<string, string>> = {
  schedules: 'start experiments at times of a cron expression',
  webhooks: 'send events to other programs and to Slack',
  keys: 'create, list, rotate and revoke API keys',
  invitations: 'invite people to the workspace',
  members: 'let people sign in with an account elsewhere',
  workspaces: 'create, list and limit workspaces',
  models: 'register, find and tag model versions',
  gates: 'test every new version of a model',
}

export const commandTable: readonly CommandRow[] = [
  {
    usage: 'run <spec>',
    summary: 'run an experiment and show what it found',
    options: [seeds, set, yes, timeout, full, ...expectationFlags],
    examples: [
      'run examples/smoke.yaml',
      'run examples/smoke.yaml --seeds 3 --set options.steps=4096',
      'run examples/smoke.yaml --fail-on goal-misgeneralization --junit verdicts.xml',
    ],
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    usage: 'init [file]',
    summary: 'write a first spec, a copy of an example',
    options: [['--from <example>', 'an example in the folder examples (default: smoke)'], force],
    examples: ['init my.yaml', 'init my.yaml --from smoke'],
    load: async () => (await import('./commands/init.ts')).init,
  },
  {
    usage: 'up',
    summary: 'start the service here and keep it running',
    options: [
      ['--port <port>', 'port to listen on; 0 for any free one (default: 4700)'],
      ['--host <address>', 'address to listen on (default: 127.0.0.1)'],
      ['--workers <count>', 'tasks at a time (default: one per core)'],
      ['--detach', 'return once it is running; stop it with goalpost down'],
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
    usage: 'backup <folder>',
    summary: 'copy the service here, running or not, into a new folder',
    examples: ['backup ~/backups/goalpost-monday'],
    load: async () => (await import('./commands/backup.ts')).backup,
  },
  {
    usage: 'restore <folder>',
    summary: 'make a new data folder from a backup',
    examples: ['restore ~/backups/goalpost-monday --data ~/restored'],
    load: async () => (await import('./commands/backup.ts')).restore,
  },
  {
    usage: 'preview <spec>',
    summary: 'show what a spec would run; nothing is stored',
    options: [seeds, set],
    examples: ['preview examples/smoke.yaml'],
    load: async () => (await import('./commands/submit.ts')).preview,
  },
  {
    usage: 'submit <spec>',
    summary: 'submit an experiment and return at once',
    options: [seeds, set, yes, ['--idempotency-key <key>', 'a repeated key with the same spec submits nothing new']],
    examples: ['submit examples/smoke.yaml'],
    load: async () => (await import('./commands/submit.ts')).submit,
  },
  {
    usage: 'list',
    summary: 'list experiments and their verdicts, newest first',
    options: [
      ['--state <state>', 'only those in this state (default: all)'],
      ['--name <part>', 'only those whose name contains this (default: all)'],
      ['--verdict <name>', 'only those with a condition of this verdict (default: all)'],
      ['--label <label>', 'only those with this label, as `team` or `team=alignment` (default: all)'],
      [
        '--search <words>',
        'only those with all these words, and phrases in double quotes, in name, note, protocol, submitter or labels (default: all)',
      ],
      ['--archived', 'only archived ones, which are hidden otherwise'],
      [
        '--sort <order>',
        'created, updated, name, state, progress, priority or verdict; the other way round as --sort=-name (default: -created)',
      ],
      ['--limit <count>', 'maximum number (default: 20)'],
    ],
    examples: ['list', 'list --state running', 'list --sort verdict', 'list --verdict goal-misgeneralization'],
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    usage: 'show <experiment>',
    summary: 'show conditions, runs and tasks of an experiment',
    options: [
      ['--tasks', 'every task instead of every run'],
      ['--spec', 'the resolved spec, as JSON'],
    ],
    examples: ['show last', 'show last --tasks'],
    load: async () => (await import('./commands/show.ts')).show,
  },
  {
    usage: 'watch <experiment>',
    summary: 'follow an experiment to its end, then show its results',
    options: [timeout, full, ...expectationFlags],
    examples: ['watch last', 'watch last --expect aligned --github-summary'],
    load: async () => (await import('./commands/run.ts')).watch,
  },
  {
    usage: 'results <experiment>',
    summary: 'show results, partial while the experiment runs',
    options: [full, ['--csv', 'every measure of every seed as CSV'], parquet, force, ...expectationFlags],
    examples: ['results last', 'results last --full', 'results last --csv > results.csv'],
    load: async () => (await import('./commands/results.ts')).results,
  },
  {
    usage: 'report <experiment>',
    summary: 'write the report as one HTML file, with curves, pictures and manifest',
    options: [
      ['--out <path>', 'file, or - for standard output (default: named after the experiment, in this folder)'],
      force,
    ],
    examples: ['report last', 'report last --out - > report.html'],
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    usage: 'compare <arms...>',
    summary: 'compare conditions: EXPERIMENT or EXPERIMENT:CONDITION',
    options: [
      [
        '--baseline <arm>',
        'the arm to which differences are computed, for arms of one experiment also CONDITION (default: the first)',
      ],
    ],
    examples: [
      'compare last',
      'compare last --baseline some=1',
      'compare first second:some=1 --baseline second:some=1',
    ],
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  {
    usage: 'league <searches...>',
    summary: 'put searches together to a league table of methods; runs those of spec files first',
    options: [
      ['--csv', 'every number as CSV'],
      parquet,
      ['--out <path>', 'an HTML file instead, or - for standard output'],
      force,
    ],
    examples: ['league examples/league/*.yaml', 'league first second --csv > league.csv'],
    load: async () => (await import('./commands/leagues/league.ts')).league,
  },
  {
    usage: 'recommend <condition>',
    summary: 'which method to try next for EXPERIMENT or EXPERIMENT:CONDITION, by a league table',
    options: [
      [
        '--league <searches...>',
        'the experiments of the league (default: the newest of each name with the label league)',
      ],
    ],
    examples: ['recommend last', 'recommend last:some=1 --league first second'],
    load: async () => (await import('./commands/leagues/recommend.ts')).recommend,
  },
  {
    usage: 'trend <name>',
    summary: 'show how the verdicts of all experiments of a name changed over time',
    options: [['--limit <count>', 'how many of the newest experiments (default: 20)']],
    examples: ['trend smoke', 'trend nightly --limit 50'],
    load: async () => (await import('./commands/trend/trend.ts')).trend,
  },
  {
    usage: 'extend <experiment>',
    summary: 'add seeds or conditions; existing results are kept',
    options: [
      ['--seeds <seeds>', 'how many more (5), a range (100..104) or a list (3,7,11)'],
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
    summary: 'retry failed and cancelled tasks',
    examples: ['retry last'],
    load: async () => (await import('./commands/change.ts')).retry,
  },
  ...lifecycleCommands,
  {
    usage: 'logs <id>',
    summary: 'show task logs of EXPERIMENT, EXPERIMENT:CONDITION, a run or a task',
    options: [
      only,
      ['--level <level>', 'only lines of at least this level: debug, info, warn or error (default: debug)'],
      ['--search <text>', 'only lines that contain this, in any case'],
    ],
    examples: ['logs last', 'logs last --only "seed 3"', 'logs last --level warn --search checkpoint'],
    load: async () => (await import('./commands/logs.ts')).logs,
  },
  {
    usage: 'upload <file>',
    summary: 'store a file in the service, such as an ONNX model; prints its hash',
    examples: ['upload model.onnx'],
    load: async () => (await import('./commands/upload.ts')).upload,
  },
  {
    usage: 'export <id>',
    summary: 'write ONNX models, or logs of Inspect, of EXPERIMENT, EXPERIMENT:CONDITION, a run or a task',
    options: [
      [
        '--out <path>',
        'file; for several models a folder; - for standard output (default: named after runs, in this folder)',
      ],
      ['--step <step>', 'the checkpoint of that step (default: the last one)'],
      ['--inspect', 'dialogues with hosted models, as logs of Inspect in JSON'],
      only,
      force,
    ],
    examples: [
      'export last --out models/',
      'export last --inspect --out logs/',
      'export last --only "seed 0" --out model.onnx',
    ],
    load: async () => (await import('./commands/export.ts')).exportFiles,
  },
  {
    usage: 'verify <experiment>',
    summary: 'recompute a sample of runs and compare the results',
    options: [
      ['--runs <count>', 'how many runs (default: 1)'],
      ['--sample <text>', "seed of the sample: another one selects other runs (default: the experiment's id)"],
    ],
    examples: ['verify last --runs 2'],
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  ...receiptCommands,
  ...scheduleCommands,
  ...webhookCommands,
  {
    usage: 'catalog [name]',
    summary: 'list protocols with their environments and commands',
    examples: ['catalog'],
    load: async () => (await import('./commands/catalog.ts')).catalog,
  },
  {
    usage: 'dashboard',
    summary: 'print a link that opens the dashboard, signed in',
    examples: ['dashboard'],
    load: async () => (await import('./commands/dashboard.ts')).dashboard,
  },
  {
    usage: 'workers',
    summary: 'list workers and their engines',
    examples: ['workers'],
    load: async () => (await import('./commands/workers.ts')).workers,
  },
  ...modelCommands,
  ...gateCommands,
  ...keyCommands,
  ...peopleCommands,
  ...workspaceCommands,
  {
    usage: 'doctor',
    summary: 'check what Goalpost needs on this machine, and which engine is fastest',
    examples: ['doctor'],
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    usage: 'completion <shell>',
    summary: 'print a completion script for bash, zsh or fish',
    examples: ['completion bash >> ~/.bashrc', 'completion fish > ~/.config/fish/completions/goalpost.fish'],
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  {
    usage: 'version',
    summary: 'print the versions of goalpost and Node',
    examples: ['version'],
    load: async () => (await import('./commands/version.ts')).version,
  },
]
