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

function flagsOf({ options = [] }: CommandRow): string[] {
  return [...options.map(([flags]) => flags.split(' ')[0] ?? ''), ...globalFlags]
}

/** Commands and groups of commands, each once. */
const allNames = [...new Set(commandTable.map(nameOf))]
const names = (): string => ['help', ...allNames].join(' ')

/** What may follow a command: its options; in a group, the names of its commands too. */
function wordsAfter(name: string): string[] {
  const rows = commandTable.filter((row) => nameOf(row) === name)
  const members = groupSummaries[name] === undefined ? [] : rows.map(({ usage }) => usage.split(' ')[1] ?? '')
  return [...new Set([...members, ...rows.flatMap(flagsOf)])]
}

function bash(): string {
  const cases = allNames.map((name) => `    ${name}) words="${wordsAfter(name).join(' ')}" ;;`)
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
  const commands = allNames.map((name) => {
    const summary = groupSummaries[name] ?? commandTable.find((row) => nameOf(row) === name)?.summary ?? ''
    return `complete -c goalpost -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`
  })
  const members = commandTable.flatMap(({ usage, summary }) => {
    const [group = '', member = ''] = usage.split(' ')
    if (groupSummaries[group] === undefined) return []
    return [`complete -c goalpost -n '__fish_seen_subcommand_from ${group}' -a ${member} -d ${quote(summary)}`]
  })
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
