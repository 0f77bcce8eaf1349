/**
 * What was computed about tables, kept while one report or comparison is made: its conditions share reference policies, and the
 * arms of a comparison are assessed before they are compared. Owners must not change meanwhile.
 */
export type ResampleMemo = {
  /** What `compute` gave the first time for this owner and key. Equal keys must stand for values of one type. */
  once<Value>(owner: object, key: string, compute: () => Value): Value
  /** A number that no other object has, for keys. */
  idOf(object: object): number
}

export function createResampleMemo(): ResampleMemo {
  const kept = new WeakMap<object, Map<string, unknown>>()
  const ids = new WeakMap<object, number>()
  let lastId = 0
  return {
    once<Value>(owner: object, key: string, compute: () => Value): Value {
      const own = kept.get(owner) ?? new Map<string, unknown>()
      kept.set(owner, own)
      if (!own.has(key)) own.set(key, compute())
      return own.get(key) as Value
    },
    idOf(object) {
      const id = ids.get(object) ?? ++lastId
      ids.set(object, id)
      return id
    },
  }
}
