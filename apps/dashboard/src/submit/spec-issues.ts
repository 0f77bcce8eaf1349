import { GoalpostError, type InputIssue } from '@goalpost/contracts'
import { pointerOf, type SpecPath } from './spec-text.ts'

/** What the service refuses, as it says it. */
export function issuesOf(error: unknown): readonly InputIssue[] {
  return error instanceof GoalpostError ? error.issues : []
}

/** An issue as one sentence, with what to do. */
export function issueText({ message, remedy }: InputIssue): string {
  return remedy === undefined ? message : `${message}. ${remedy}`
}

/**
 * The issues that are shown at a field: those of its own place, and those further down that none of the `children`
 * which it shows has a field for.
 */
export function issuesAt(
  issues: readonly InputIssue[],
  path: SpecPath,
  children: readonly (string | number)[] = [],
): readonly InputIssue[] {
  const shown = children.map((child) => pointerOf([...path, child]))
  return issuesBelow(issues, path).filter(({ pointer }) => !shown.some((each) => isWithin(pointer, each)))
}

/** The issues of a place and of everything in it. */
export function issuesBelow(issues: readonly InputIssue[], path: SpecPath): readonly InputIssue[] {
  const pointer = pointerOf(path)
  return issues.filter((issue) => isWithin(issue.pointer, pointer))
}

const isWithin = (pointer: string, place: string): boolean => pointer === place || pointer.startsWith(`${place}/`)
