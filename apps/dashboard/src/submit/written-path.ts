import { isCollection, isMap, isScalar, isSeq, type Document, type Pair, type YAMLMap } from 'yaml'
import type { SpecPath } from './spec-text.ts'

/** A path with the keys that the text has: YAML reads some names as numbers or booleans, e.g. `2024` and `true`. */
export function writtenPath(document: Document, path: SpecPath): unknown[] {
  let node: unknown = document.contents
  return path.map((part) => {
    const key = keyIn(node, part)
    node = isCollection(node) ? node.get(key, true) : undefined
    return key
  })
}

/** The member of a map with this name; its key may be of any type. */
export function findMember(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => nameOf(key) === name)
}

function keyIn(node: unknown, part: string | number): unknown {
  if (isSeq(node)) return /^\d+$/.test(String(part)) ? Number(part) : part
  return (isMap(node) ? findMember(node, String(part))?.key : undefined) ?? part
}

/** As it is in the data of the text. */
const nameOf = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key))
