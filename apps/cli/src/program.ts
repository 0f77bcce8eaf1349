import { Command, CommanderError } from 'commander'
import { distance } from 'fastest-levenshtein'
import { commandTable, type CommandRow } from './command-table.ts'
import type { Context, GlobalOptions } from './context.ts'

export type Program = {
  /** Runs one command line and gives back its exit code. Throws what the command throws. */
  run(args: readonly string[]): Promise<number>
}

const footer = `
An experiment is named by its id, a unique beginning of it, its name, or \`last\`.
Another service: set GOALPOST_URL and GOALPOST_API_KEY. Exit codes and --json: docs/cli.md.`

/** Of `invalid-request` in the error table, which is not loaded for a slip of the pen. */
const misuseExit = 2

export function createProgram(context: Context): Program {
  let exit = 0
  const root = createRoot(context)
  for (const row of commandTable) addCommand(root, context, row, (code) => (exit = code))
  return {
    async run(given) {
      const args = asCommand(given)
      if (wantsOverview(args)) return showOverview(root, context)
      try {
        const [first, second] = root.parseOptions([...args]).operands
        const word = first === 'help' ? second : first
        if (word !== undefined && isForeign(word)) await parseForeign(root, context, { word, args })
        else await root.parseAsync(args, { from: 'user' })
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        // Commander has said what is wrong already, for people; its own exit codes are not ours.
        if (error.exitCode === 0) return 0
        if (args.includes('--json')) context.print(JSON.stringify(describeMisuse(error), null, 2))
        return misuseExit
      }
      return exit
    },
  }
}

function createRoot(context: Context): Command {
  return new Command('goalpost')
    .description('Which goal has it learned? Experiments on goal misgeneralization.')
    .option('--json', 'machine-readable output on standard output')
    .option('--data <folder>', "the service's data folder (default: GOALPOST_DATA, else your own)")
    .option('--url <url>', 'a service elsewhere (default: GOALPOST_URL)')
    .option('-V, --version', 'the same as the command version')
    .helpCommand('help [command]', 'what a command does, with its options and examples')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd().replace(/^error: /, 'goalpost: ')),
    })
}

function asCommand(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args
  return first === '--version' || first === '-V' ? ['version', ...rest] : args
}

function wantsOverview(args: readonly string[]): boolean {
  return args.length === 0 || (args.length === 1 && ['help', '--help', '-h'].includes(args[0] ?? ''))
}

/** All commands: ours, then those that protocols of a running service bring along. */
async function showOverview(root: Command, context: Context): Promise<number> {
  const { describeTools } = await import('./tools/describe-tools.ts')
  context.print(root.helpInformation().trimEnd())
  for (const line of await describeTools(context)) context.print(line)
  context.print(footer)
  return 0
}

/** Neither a command of ours nor a slip of one: a protocol may have brought it along. */
function isForeign(word: string): boolean {
  const known = ['help', ...commandTable.map(({ usage }) => usage.split(' ')[0] ?? '')]
  return known.every((name) => distance(word, name) > Math.max(1, Math.floor(Math.max(word.length, name.length) / 3)))
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
      // Where no protocol has it, Commander says so in its own words.
      await root.parseAsync(args, { from: 'user' })
    },
  })
}

/** The same shape as every other error has in JSON. */
function describeMisuse({ message }: CommanderError): unknown {
  return { error: { code: 'invalid-request', message: message.replace(/^error: /, ''), issues: [] } }
}

function addCommand(root: Command, context: Context, row: CommandRow, onExit: (code: number) => void): void {
  const command = root.command(row.usage).summary(row.summary).description(row.summary)
  for (const [flags, description] of row.options ?? []) command.option(flags, description)
  const examples = (row.examples ?? []).map((example) => `  npx goalpost ${example}`)
  if (examples.length > 0) command.addHelpText('after', ['', 'Examples:', ...examples].join('\n'))
  command.action(async () => {
    const { json = false, ...others } = root.opts<Partial<GlobalOptions>>()
    const handler = await row.load()
    const invocation = { context, global: { json, ...others }, args: command.args, options: command.opts() as never }
    onExit((await handler(invocation)) ?? 0)
  })
}
