/** The keys of an object whose type lists all of them. */
export function keysOf<Known extends object>(known: Known): readonly (keyof Known & string)[] {
  return Object.keys(known) as (keyof Known & string)[]
}

/** A record with a value for every key. */
export function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>
}
