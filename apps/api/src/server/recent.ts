import { LRUCache } from 'lru-cache'

/** Caches the latest values; concurrent callers share one computation. Failures are not cached. */
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
