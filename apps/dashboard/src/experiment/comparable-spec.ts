import type { ExperimentView, JsonObject, JsonValue } from '@goalpost/contracts'
import { variedOptions } from '@goalpost/report-view'

/**
 * A resolved spec in a form in which two can be compared option by option: what all conditions share once, and for each
 * condition, by its name, only what sets it apart.
 */
export function comparableSpec({ conditions, seeds, ...rest }: ExperimentView['resolved']): JsonObject {
  const varied = new Set(variedOptions(conditions).map(({ path }) => path.join('\n')))
  const pick = (options: JsonObject, isVaried: boolean): JsonObject => prune(options, [], { varied, isVaried })
  const [first] = conditions
  return {
    ...(rest as JsonObject),
    seeds: seeds.join(', '),
    options: first === undefined ? {} : pick(first.options, false),
    conditions: Object.fromEntries(conditions.map(({ name, options }) => [name, textOf(pick(options, true))])),
  }
}

/** E.g. `alpha=0, network.crop=1`. */
function textOf(options: JsonObject, path = ''): string {
  return Object.entries(options)
    .map(([key, value]) =>
      isObject(value) ? textOf(value, `${path}${key}.`) : `${path}${key}=${JSON.stringify(value)}`,
    )
    .join(', ')
}

type Kept = { readonly varied: ReadonlySet<string>; readonly isVaried: boolean }

/** Only the options that are varied, or only the others. */
function prune(value: JsonObject, path: readonly string[], kept: Kept): JsonObject {
  const entries = Object.entries(value).flatMap(([key, inner]): [string, JsonValue][] => {
    const at = [...path, key]
    if (isObject(inner)) {
      const pruned = prune(inner, at, kept)
      return Object.keys(pruned).length === 0 ? [] : [[key, pruned]]
    }
    return kept.varied.has(at.join('\n')) === kept.isVaried ? [[key, inner]] : []
  })
  return Object.fromEntries(entries)
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
