import type { InputIssue } from '@goalpost/contracts'

/** A hostile body can have a million issues; more than these are not useful at a time. */
const mostIssues = 50
/** Very long names are not repeated in full. */
const longest = { pointer: 400, message: 800, remedy: 1_500 } as const

/** Limits the number and length of issues. */
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
