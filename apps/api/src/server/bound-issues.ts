import type { InputIssue } from '@goalpost/contracts'

/** A hostile body can have a million faults; nobody mends more than these at a time. */
const mostIssues = 50
/** Names of a hundred thousand letters are faults enough by themselves: nobody needs them back. */
const longest = { pointer: 400, message: 800, remedy: 1_500 } as const

/** As many issues, and as much of each, as are worth sending and reading. */
export function boundIssues(issues: readonly InputIssue[]): InputIssue[] {
  return issues.slice(0, mostIssues).map(({ pointer, message, remedy }) => ({
    pointer: boundText(pointer, longest.pointer),
    message: boundText(message, longest.message),
    ...(remedy === undefined ? {} : { remedy: boundText(remedy, longest.remedy) }),
  }))
}

export function boundText(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
