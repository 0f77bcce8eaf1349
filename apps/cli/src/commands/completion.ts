import { GoalpostError } from '@goalpost/contracts'
import { commandTable, type CommandRow } from '../command-table.ts'
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

const names = (): string => ['help', ...commandTable.map(nameOf)].join(' ')

function bash(): string {
  const cases = commandTable.map((row) => `    ${nameOf(row)}) words="${flagsOf(row).join(' ')}" ;;`)
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
  const commands = commandTable.map(
    (row) => `complete -c goalpost -n __fish_use_subcommand -a ${nameOf(row)} -d ${quote(row.summary)}`,
  )
  const flags = commandTable.flatMap((row) =>
    (row.options ?? []).map(([flag, description]) => {
      const [name = ''] = flag.replace(/^--/, '').split(' ')
      const takes = flag.includes('<') ? ' -r' : ''
      return `complete -c goalpost -n '__fish_seen_subcommand_from ${nameOf(row)}' -l ${name}${takes} -d ${quote(description)}`
    }),
  )
  return [...commands, ...flags, ...globalFlags.map((flag) => `complete -c goalpost -l ${flag.slice(2)}`)].join('\n')
}
