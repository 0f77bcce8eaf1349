import type { Node, Pair } from 'yaml'
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

export type Location = { readonly line: number; readonly column: number }

/**
 * Where in a YAML or JSON text the thing stands that a JSON pointer (RFC 6901) names; where it is not there, the nearest
 * thing around it. Lines and columns count from 1. Null for the whole document.
 */
export function locatePointer(text: string, pointer: string): Location | null {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  let node: unknown = document.contents
  let offset: number | null = null
  for (const part of path) {
    const child = childOf(node, part)
    if (child === null) break
    offset = startOf(child)
    node = isPair(child) ? child.value : child
  }
  if (offset === null) return null
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

function childOf(node: unknown, part: string): Pair | Node | null {
  if (isMap(node)) return node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === part) ?? null
  if (isSeq(node)) return (node.items[Number(part)] as Node | undefined) ?? null
  return null
}

/** A field stands where its name stands. */
function startOf(child: Pair | Node): number | null {
  const node = (isPair(child) ? child.key : child) as Node | null
  return node?.range?.[0] ?? null
}
