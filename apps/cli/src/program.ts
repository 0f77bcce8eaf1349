import { Command, CommanderError } from 'commander'
import { distance } from 'fastest-levenshtein'
import { commandTable, groupSummaries, type CommandRow } from './command-table.ts'
import type { Context, GlobalOptions } from './context.ts'

export type Program = {
  /** Runs one command line and returns its exit code. Throws the command's errors. */
  run(args: readonly string[]): Promise<number>
}

const footer = `
An experiment is named by its id, a unique prefix of it, its name, or \`last\`.
For another service, set GOALPOST_URL and GOALPOST_API_KEY. Exit codes and --json: docs/cli.md.`

/** The exit code of `invalid-request`. Loading the error table for it would slow down the message about a typo. */
const misuseExit = 2

export function createProgram(context: Context): Program {
  let exit = 0
  const root = createRoot(context)
  for (const row of commandTable) addCommand(root, context, row, (code) => (exit = code))
  return {
    async run(given) {
      try {
        const { operands, unknown } = root.parseOptions([...given])
        const [first, second] = operands
        const asked = [...operands, ...unknown]
        const wantsVersion = first === undefined && root.opts<{ version?: true }>().version === true
        if (wantsVersion) return await runVersion(root, context)
        if (asked.length === 0 || (asked.length === 1 && overviewWords.has(asked[0] ?? '')))
          return await showOverview(root, context)
        const word = first === 'help' ? second : first
        if (word !== undefined && mayBeTool(word)) await parseTool(root, context, { word, args: given })
        else await root.parseAsync(helpOfMember(given, operands), { from: 'user' })
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        // Commander has printed the message already. Its exit codes differ from those in docs/cli.md.
        if (error.exitCode === 0) return 0
        if (given.includes('--json')) context.print(JSON.stringify(describeMisuse(error), null, 2))
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
    .option('--data <folder>', "the service's data folder (default: GOALPOST_DATA, else one in your home)")
    .option('--url <url>', 'another service (default: GOALPOST_URL)')
    .option('-V, --version', 'print the versions of goalpost and Node')
    .helpCommand('help [command]', 'a command with its options and examples')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd().replace(/^error: /, 'goalpost: ')),
    })
}

const overviewWords: ReadonlySet<string> = new Set(['help', '--help', '-h'])

/** `--version`, alone or beside other global options. */
async function runVersion(root: Command, context: Context): Promise<number> {
  const { version } = await import('./commands/version.ts')
  return (await version({ context, global: globalOptions(root), args: [], options: {} })) ?? 0
}

function globalOptions(root: Command): GlobalOptions {
  const { json = false, ...others } = root.opts<Partial<GlobalOptions>>()
  return { json, ...others }
}

/** The built-in commands, then those of the running service's protocols. */
async function showOverview(root: Command, context: Context): Promise<number> {
  const { describeTools } = await import('./tools/describe-tools.ts')
  context.print(root.helpInformation().trimEnd())
  for (const line of await describeTools(context, globalOptions(root))) context.print(line)
  context.print(footer)
  return 0
}

/** Commander explains a group for `help keys create`; we explain the command. */
function helpOfMember(given: readonly string[], [first, group = '', member]: readonly string[]): readonly string[] {
  if (first !== 'help' || member === undefined || groupSummaries[group] === undefined) return given
  return [group, member, '--help']
}

/** Neither a built-in command nor a misspelt one: it may be a protocol's. */
function mayBeTool(word: string): boolean {
  const known = ['help', ...commandTable.map(({ usage }) => usage.split(' ')[0] ?? '')]
  return known.every((name) => !isMisspelling(word, name))
}

/** At most a third of the letters differ, or two are swapped: asking a service about `lsit` could mean starting one. */
function isMisspelling(word: string, name: string): boolean {
  const edits = distance(word, name)
  const swapped = edits === 2 && sortLetters(word) === sortLetters(name)
  return swapped || edits <= Math.max(1, Math.floor(Math.max(word.length, name.length) / 3))
}

const sortLetters = (text: string): string => Array.from(text).toSorted().join('')

/** Only the service knows the commands of its protocols. */
async function parseTool(
  root: Command,
  context: Context,
  { word, args }: { readonly word: string; readonly args: readonly string[] },
): Promise<void> {
  const { withService } = await import('./service/connect.ts')
  const { mountTools } = await import('./tools/mount-tools.ts')
  const global = globalOptions(root)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      await mountTools(root, word, { context, api, global })
      // Commander reports the word if no protocol has such a command.
      await root.parseAsync(args, { from: 'user' })
    },
  })
}

/** The same JSON as for every other error. */
function describeMisuse({ message }: CommanderError): unknown {
  return { error: { code: 'invalid-request', message: message.replace(/^error: /, ''), issues: [] } }
}

/** The group's command, made with its first member. */
function groupOf(root: Command, group: string): Command {
  const existing = root.commands.find((command) => command.name() === group)
  const summary = groupSummaries[group] ?? ''
  return existing ?? root.command(group).summary(summary).description(summary)
}

function addCommand(root: Command, context: Context, row: CommandRow, onExit: (code: number) => void): void {
  const [group = '', ...member] = row.usage.split(' ')
  const command =
    groupSummaries[group] === undefined ? root.command(row.usage) : groupOf(root, group).command(member.join(' '))
  command.summary(row.summary).description(row.summary)
  for (const [flags, description] of row.options ?? []) command.option(flags, description)
  const examples = (row.examples ?? []).map((example) => `  npx goalpost ${example}`)
  if (examples.length > 0) command.addHelpText('after', ['', 'Examples:', ...examples].join('\n'))
  command.action(async () => {
    const handler = await row.load()
    const invocation = { context, global: globalOptions(root), args: command.args, options: command.opts<never>() }
    onExit((await handler(invocation)) ?? 0)
  })
}
