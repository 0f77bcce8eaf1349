import type { InputIssue } from '@goalpost/contracts'
import { errorTable, GoalpostError } from '@goalpost/contracts'
import { locatePointer } from './spec-file/locate-pointer.ts'
import { SpecFault } from './spec-file/read-spec.ts'
import type { Terminal } from './terminal/terminal.ts'
import { plain } from './terminal/text.ts'

const mostIssues = 12

export type Failure = { readonly exit: number; readonly lines: readonly string[]; readonly json: unknown }

/** One readable line, then one for each issue: where, what, and how to fix it. */
export function describeFailure(terminal: Terminal, error: unknown): Failure {
  const known =
    error instanceof GoalpostError ? error : new GoalpostError('internal', unexpected(error), { cause: error })
  const file = known instanceof SpecFault ? known.file : null
  const shown = known.issues.slice(0, mostIssues).flatMap((issue) => describeIssue(terminal, issue, file))
  const hidden = known.issues.length - mostIssues
  // The service's own sentence repeats the first issue, which follows with its line.
  const headline = known.issues.length > 0 ? errorTable[known.code].title : known.message
  return {
    exit: errorTable[known.code].exit,
    lines: [
      `${terminal.colours.red('goalpost:')} ${plain(file === null ? headline : `${file.path}: ${headline}`)}`,
      ...shown,
      ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ],
    json: { error: { code: known.code, message: known.message, issues: known.issues } },
  }
}

function describeIssue({ colours, symbols }: Terminal, issue: InputIssue, file: SpecFault['file'] | null): string[] {
  const location = file === null ? null : locatePointer(file.text, issue.pointer)
  const where = location === null ? '' : colours.dim(` (line ${location.line}, column ${location.column})`)
  const pointer = issue.pointer === '' ? '' : `${colours.bold(plain(issue.pointer))}${where}: `
  const remedy = issue.remedy === undefined ? [] : [`      ${symbols.arrow} ${plain(issue.remedy)}`]
  return [`  ${pointer}${plain(issue.message)}`, ...remedy]
}

function unexpected(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
