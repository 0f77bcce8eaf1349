import { Command, CommanderError } from 'commander'
import { errorTable } from '@goalpost/contracts'
import { closestName } from '@goalpost/validation'
import type { Context, GlobalOptions } from './context.ts'
import type { Invocation, Outcome } from './commands/command.ts'

export type Program = {
  /** Runs one command line and gives back its exit code. Throws what the command throws. */
  run(args: readonly string[]): Promise<number>
}

type Handler = (invocation: Invocation<never>) => Promise<Outcome>

/** One row per command. Handlers are loaded when called: `--help` and a typo answer at once. */
type Row = {
  readonly usage: string
  readonly summary: string
  readonly options?: readonly (readonly [flags: string, description: string])[]
  load(): Promise<Handler>
}

const rows: readonly Row[] = [
  {
    usage: 'run <spec>',
    summary: 'run an experiment and show its report',
    load: async () => (await import('./commands/run.ts')).run,
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
    load: async () => (await import('./commands/up.ts')).up,
  },
  {
    usage: 'down',
    summary: 'stop the service that runs here',
    load: async () => (await import('./commands/down.ts')).down,
  },
  {
    usage: 'preview <spec>',
    summary: 'what a spec would come to; nothing is stored',
    load: async () => (await import('./commands/submit.ts')).preview,
  },
  {
    usage: 'submit <spec>',
    summary: 'hand in an experiment and come back at once',
    options: [['--idempotency-key <key>', 'the same key with the same spec again submits nothing new']],
    load: async () => (await import('./commands/submit.ts')).submit,
  },
  {
    usage: 'list',
    summary: 'experiments, the newest first',
    options: [
      ['--state <state>', 'only those in this state'],
      ['--name <part>', 'only those with this in their name'],
      ['--verdict <name>', 'only those with a condition of this verdict'],
      ['--limit <count>', 'at most so many (default: 20)'],
    ],
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    usage: 'show <experiment>',
    summary: 'conditions, runs and tasks of an experiment',
    options: [
      ['--tasks', 'every task instead of every run'],
      ['--spec', 'the resolved spec, as JSON'],
    ],
    load: async () => (await import('./commands/show.ts')).show,
  },
  {
    usage: 'watch <experiment>',
    summary: 'see an experiment through to its end, then show its report',
    load: async () => (await import('./commands/run.ts')).watch,
  },
  {
    usage: 'results <experiment>',
    summary: 'the report, from what is there so far',
    load: async () => (await import('./commands/results.ts')).results,
  },
  {
    usage: 'report <experiment>',
    summary: 'the report as one HTML file, with curves, pictures and manifest',
    options: [['--out <file>', 'where to (default: named after the experiment, in this folder)']],
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    usage: 'compare <arms...>',
    summary: 'conditions side by side: EXPERIMENT or EXPERIMENT:CONDITION',
    load: async () => (await import('./commands/results.ts')).compare,
  },
  {
    usage: 'extend <experiment>',
    summary: 'more seeds or conditions; what is computed stays',
    options: [
      ['--seeds <seeds>', 'how many more (5), a range (100..104) or which ones (3,7,11)'],
      ['--conditions <file>', 'YAML or JSON with a list of conditions, as in a spec'],
    ],
    load: async () => (await import('./commands/change.ts')).extend,
  },
  {
    usage: 'cancel <experiment>',
    summary: 'stop an experiment',
    load: async () => (await import('./commands/change.ts')).cancel,
  },
  {
    usage: 'retry <experiment>',
    summary: 'try again what has failed or was cancelled',
    load: async () => (await import('./commands/change.ts')).retry,
  },
  {
    usage: 'logs <id>',
    summary: 'what the tasks of an experiment, a run or one task have said',
    options: [['--only <text>', 'only tasks with this in their name, such as "seed 3"']],
    load: async () => (await import('./commands/logs.ts')).logs,
  },
  {
    usage: 'upload <file>',
    summary: 'keep a file in the service, such as an ONNX model; prints its hash',
    load: async () => (await import('./commands/upload.ts')).upload,
  },
  {
    usage: 'export <id>',
    summary: 'ONNX models of an experiment, a run or one task',
    options: [
      ['--out <file>', 'where to, if there is one model (default: named after its run, in this folder)'],
      ['--step <step>', 'the checkpoint of that step (default: the last one)'],
      ['--only <text>', 'only tasks with this in their name, such as "seed 3"'],
    ],
    load: async () => (await import('./commands/export.ts')).exportModels,
  },
  {
    usage: 'verify <experiment>',
    summary: 'compute a sample of runs anew and compare the results',
    options: [
      ['--runs <count>', 'how many runs (default: 1)'],
      ['--sample <text>', 'choose other runs: every text has a sample of its own'],
    ],
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    usage: 'catalog [name]',
    summary: 'the protocols and what they have on offer',
    load: async () => (await import('./commands/catalog.ts')).catalog,
  },
  {
    usage: 'workers',
    summary: 'who computes at present, and on which engines',
    load: async () => (await import('./commands/workers.ts')).workers,
  },
  {
    usage: 'doctor',
    summary: 'what this machine has of what Goalpost needs, and which engine is fastest',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    usage: 'version',
    summary: 'versions of goalpost and Node',
    load: async () => (await import('./commands/version.ts')).version,
  },
]

const footer = `
Protocols bring commands of their own: goalpost catalog lists them.
An experiment is named by its id, a unique beginning of it, its name, or \`last\`.
Another service: set GOALPOST_URL and GOALPOST_API_KEY. Exit codes and --json: docs/cli.md.`

export function createProgram(context: Context): Program {
  let exit = 0
  const root = new Command('goalpost')
    .description('Which goal has it learned? Experiments on goal misgeneralization.')
    .option('--json', 'machine-readable output on standard output')
    .option('--data <folder>', "the service's data folder (default: GOALPOST_DATA, else your own)")
    .option('--url <url>', 'a service elsewhere (default: GOALPOST_URL)')
    .addHelpText('after', footer)
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd().replace(/^error: /, 'goalpost: ')),
    })
  for (const row of rows) addCommand(root, context, row, (code) => (exit = code))
  return {
    async run(args) {
      if (args.length === 0) {
        context.print(root.helpInformation() + footer)
        return 0
      }
      try {
        const [word] = root.parseOptions([...args]).operands
        if (word !== undefined && isForeign(word)) await parseForeign(root, context, { word, args })
        else await root.parseAsync(args, { from: 'user' })
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        // Commander has said what is wrong already, for people; its own exit codes are not ours.
        if (error.exitCode === 0) return 0
        if (args.includes('--json')) context.print(JSON.stringify(describeMisuse(error), null, 2))
        return errorTable['invalid-request'].exit
      }
      return exit
    },
  }
}

/** Neither a command of ours nor a slip of one: a protocol may have brought it along. */
function isForeign(word: string): boolean {
  const known = rows.map(({ usage }) => usage.split(' ')[0])
  return !known.includes(word) && closestName(word, known) === null
}

/** Only the service knows which commands protocols bring; it is asked for those that are not ours. */
async function parseForeign(
  root: Command,
  context: Context,
  { word, args }: { readonly word: string; readonly args: readonly string[] },
): Promise<void> {
  const { withService } = await import('./service/connect.ts')
  const { mountTools } = await import('./tools/mount-tools.ts')
  const { json = false, ...others } = root.opts<Partial<GlobalOptions>>()
  const global = { json, ...others }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      await mountTools(root, word, { context, api, global })
      // Where nobody brings it, Commander says so in its own words.
      await root.parseAsync(args, { from: 'user' })
    },
  })
}

/** The same shape as every other error has in JSON. */
function describeMisuse({ message }: CommanderError): unknown {
  return { error: { code: 'invalid-request', message: message.replace(/^error: /, ''), issues: [] } }
}

function addCommand(root: Command, context: Context, row: Row, onExit: (code: number) => void): void {
  const command = root.command(row.usage).summary(row.summary).description(row.summary)
  for (const [flags, description] of row.options ?? []) command.option(flags, description)
  command.action(async () => {
    const { json = false, ...others } = root.opts<Partial<GlobalOptions>>()
    const handler = await row.load()
    const invocation = { context, global: { json, ...others }, args: command.args, options: command.opts() as never }
    onExit((await handler(invocation)) ?? 0)
  })
}
