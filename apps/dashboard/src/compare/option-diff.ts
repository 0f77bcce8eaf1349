import type { JsonValue, ResolvedCondition } from '@goalpost/contracts'

export type ComparedSide = {
  readonly name: string
  readonly options: ResolvedCondition['options']
}
/** An option that differs, with its value on each side; undefined where a side has none. */
export type OptionDifference = { readonly path: string; readonly values: readonly (string | undefined)[] }

/** The options in which sides differ, in the order in which they first appear. */
export function optionDiff(sides: readonly ComparedSide[]): OptionDifference[] {
  return differences(sides.map(({ options }) => new Map(leaves(options, ''))))
}

/** The names whose values are not equal on all sides, in the order in which they first appear. */
export function differences(flat: readonly ReadonlyMap<string, string>[]): OptionDifference[] {
  const paths = [...new Set(flat.flatMap((side) => [...side.keys()]))]
  return paths
    .map((path) => ({ path, values: flat.map((side) => side.get(path)) }))
    .filter(({ values }) => new Set(values).size > 1)
}

/** A list is one value: its elements have no names. */
function leaves(value: JsonValue, path: string): [string, string][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]]
}
