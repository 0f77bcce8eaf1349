import { limits, type TagChange } from '@goalpost/contracts'

/** The new tags, in alphabetical order; null if there would be too many. A tag that is added and removed is removed. */
export function changeTags(tags: readonly string[], { add, remove }: TagChange): readonly string[] | null {
  const gone = new Set(remove)
  const changed = [...new Set([...tags, ...add])].filter((tag) => !gone.has(tag)).toSorted()
  return changed.length > limits.tagsPerVersion ? null : changed
}
