import type { InputIssue, JsonValue } from '@goalpost/contracts'
import { jsonPointer } from '@goalpost/validation'

/** Reports an error shared by all values of an axis once, at the axis: its path is wrong then. */
export function mergeGridIssues(
  issues: readonly InputIssue[],
  grid: Readonly<Record<string, readonly JsonValue[]>> = {},
): InputIssue[] {
  const axisOf = new Map(
    Object.entries(grid).flatMap(([key, values]) =>
      values.map((_, index) => [jsonPointer(['grid', key, index]), { key, count: values.length }] as const),
    ),
  )
  const merged = Map.groupBy(issues, (issue) => {
    const axis = axisOf.get(issue.pointer)
    return JSON.stringify([axis?.key ?? issue.pointer, issue.message, issue.remedy])
  })
  return [...merged.values()].flatMap((equal) => {
    const [first] = equal
    const axis = first === undefined ? undefined : axisOf.get(first.pointer)
    if (first === undefined || axis === undefined || equal.length === 1 || equal.length < axis.count) return equal
    return [{ ...first, pointer: jsonPointer(['grid', axis.key]) }]
  })
}
