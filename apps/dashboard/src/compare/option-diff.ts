import type { JsonObject, JsonValue, ResolvedCondition } from '@goalpost/contracts'

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

/** A list is one value, unless its elements have names. */
function leaves(given: JsonValue, path: string): [string, string][] {
  const value = Array.isArray(given) ? (byName(given) ?? given) : given
  if (isObject(value))
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]]
}

/** A list of objects with different names as an object; null if it is another list. */
function byName(list: readonly JsonValue[]): JsonObject | null {
  const named = list.flatMap((element): [string, JsonValue][] => {
    if (!isObject(element)) return []
    const { name, ...rest } = element
    return typeof name === 'string' ? [[name, rest]] : []
  })
  const isNamed = list.length > 0 && new Set(named.map(([name]) => name)).size === list.length
  return isNamed ? Object.fromEntries(named) : null
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
