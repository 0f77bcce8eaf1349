import { LRUCache } from 'lru-cache'

/** Remembers the latest values; callers that ask meanwhile wait for the one computation. Failures are forgotten. */
export function createRecent<Value>(size: number): (key: string, compute: () => Promise<Value>) => Promise<Value> {
  const values = new LRUCache<string, Promise<Value>>({ max: size })
  return (key, compute) => {
    const known = values.get(key)
    if (known !== undefined) return known
    const value = compute()
    values.set(key, value)
    value.catch(() => values.delete(key))
    return value
  }
}
