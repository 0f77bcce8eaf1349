import { GoalpostError } from '@goalpost/contracts'
import { commandTable, groupSummaries, type CommandRow } from '../command-table.ts'
import { globalFlags } from '../global-flags.ts'
import type { Invocation, Outcome } from './command.ts'

const shells = { bash, zsh, fish }

/** A shell script that completes commands and options. It contains all words and needs no service. */
export async function completion({ context, args: [shell = ''] }: Invocation): Promise<Outcome> {
  const write = Object.entries(shells).find(([name]) => name === shell)?.[1]
  if (write === undefined) {
    const known = Object.keys(shells).join(', ')
    throw new GoalpostError('invalid-request', `The shell must be one of ${known}, not ${JSON.stringify(shell)}`)
  }
  context.print(write())
}

function nameOf({ usage }: CommandRow): string {
  return usage.split(' ')[0] ?? usage
}

/** The first words: commands and groups, each once, with their summaries. */
function firstWords(): ReadonlyMap<string, string> {
  return new Map(commandTable.map((row) => [nameOf(row), groupSummaries[nameOf(row)] ?? row.summary]))
}

/** The commands of a group. */
function membersOf(name: string): readonly CommandRow[] {
  return groupSummaries[name] === undefined ? [] : commandTable.filter((row) => nameOf(row) === name)
}

const memberName = ({ usage }: CommandRow): string => usage.split(' ')[1] ?? usage

/** What may follow a first word: the commands of a group, and flags. */
function wordsAfter(name: string): string[] {
  const flags = commandTable
    .filter((row) => nameOf(row) === name)
    .flatMap(({ options = [] }) => options.map(([flag]) => flag.split(' ')[0] ?? ''))
  return [...membersOf(name).map(memberName), ...new Set(flags), ...globalFlags]
}

const names = (): string => ['help', ...firstWords().keys()].join(' ')

function bash(): string {
  const cases = [...firstWords().keys()].map((name) => `    ${name}) words="${wordsAfter(name).join(' ')}" ;;`)
  return [
    '_goalpost() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" words=""',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    `    help) words="${names()}" ;;`,
    '  esac',
    `  if [ "$COMP_CWORD" -eq 1 ]; then words="${names()}"; fi`,
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _goalpost goalpost',
  ].join('\n')
}

/** zsh can use the bash script. */
function zsh(): string {
  return ['autoload -U +X compinit && compinit', 'autoload -U +X bashcompinit && bashcompinit', bash()].join('\n')
}

function fish(): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "\\'")}'`
  const commands = [...firstWords()].map(
    ([name, summary]) => `complete -c goalpost -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
  )
  const members = Object.keys(groupSummaries).flatMap((group) =>
    membersOf(group).map(
      (row) =>
        `complete -c goalpost -n '__fish_seen_subcommand_from ${group}' -a ${memberName(row)} -d ${quote(row.summary)}`,
    ),
  )
  const flags = commandTable.flatMap((row) =>
    (row.options ?? []).map(([flag, description]) => {
      const [name = ''] = flag.replace(/^--/, '').split(' ')
      const takes = flag.includes('<') ? ' -r' : ''
      return `complete -c goalpost -n '__fish_seen_subcommand_from ${nameOf(row)}' -l ${name}${takes} -d ${quote(description)}`
    }),
  )
  return [
    ...commands,
    ...members,
    ...flags,
    ...globalFlags.map((flag) => `complete -c goalpost -l ${flag.slice(2)}`),
  ].join('\n')
}
