import type { JsonObject, JsonValue } from '@goalpost/contracts'

/** An option that differs between conditions, and its values in order of appearance. */
export type VariedOption = { readonly path: readonly string[]; readonly values: readonly string[] }

/** The options in which conditions differ, by their paths: what an experiment compares. */
export function variedOptions(conditions: readonly { readonly options: JsonObject }[]): VariedOption[] {
  const flat = conditions.map(({ options }) => new Map(leavesOf(options, [])))
  const names = new Set(flat.flatMap((leaves) => [...leaves.keys()]))
  return [...names].flatMap((name) => {
    const values = [...new Set(flat.map((leaves) => leaves.get(name) ?? 'not set'))]
    return values.length < 2 ? [] : [{ path: name.split('\n'), values }]
  })
}

/** A list is one value: its elements have no names. Keys hold no line breaks, so a path can be one string. */
function leavesOf(value: JsonValue, path: readonly string[]): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [[path.join('\n'), typeof value === 'string' ? value : JSON.stringify(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}
