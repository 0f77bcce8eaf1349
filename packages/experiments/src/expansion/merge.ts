import type { JsonObject, JsonValue } from '@goalpost/contracts'

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Objects are merged member by member; everything else, lists included, is replaced. */
export function mergeOptions(base: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map(Object.entries(base))
  for (const [name, value] of Object.entries(over)) {
    const below = merged.get(name)
    merged.set(name, isObject(below) && isObject(value) ? mergeOptions(below, value) : value)
  }
  // `fromEntries` defines members rather than assigning them, so `__proto__` is an ordinary name.
  return Object.fromEntries(merged)
}

/** `['train', 'rate'], 0.1` → `{ train: { rate: 0.1 } }`. */
export function optionsAt(path: readonly string[], value: JsonValue): JsonObject {
  const [first, ...rest] = path
  if (first === undefined) throw new RangeError('A path has at least one name')
  return Object.fromEntries([[first, rest.length === 0 ? value : optionsAt(rest, value)]])
}
