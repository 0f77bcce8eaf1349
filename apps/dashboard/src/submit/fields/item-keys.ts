/** Keys of a list's items, which stay with them while the list is edited. */
export type ItemKeys = readonly number[]

/** As many keys as there are items: the text may have been edited elsewhere. */
export function fitKeys(keys: ItemKeys, count: number): ItemKeys {
  if (keys.length === count) return keys
  const fresh = freshKey(keys)
  return Array.from({ length: count }, (_, index) => keys[index] ?? fresh + index)
}

export function insertKey(keys: ItemKeys, index: number): ItemKeys {
  return keys.toSpliced(index, 0, freshKey(keys))
}

export function moveKey(keys: ItemKeys, from: number, to: number): ItemKeys {
  const [key] = keys.slice(from, from + 1)
  return key === undefined ? keys : keys.toSpliced(from, 1).toSpliced(to, 0, key)
}

const freshKey = (keys: ItemKeys): number => Math.max(-1, ...keys) + 1
