/** Remembers the latest values, and lets those who ask meanwhile wait for the one computation. Failures are forgotten. */
export function createRecent<Value>(size: number): (key: string, compute: () => Promise<Value>) => Promise<Value> {
  const values = new Map<string, Promise<Value>>()
  return (key, compute) => {
    const known = values.get(key)
    if (known !== undefined) return known
    const value = compute()
    values.set(key, value)
    value.catch(() => values.delete(key))
    const [oldest] = values.keys()
    if (values.size > size && oldest !== undefined) values.delete(oldest)
    return value
  }
}
