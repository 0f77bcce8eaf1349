import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

export type Location = { readonly line: number; readonly column: number }

/**
 * The place in a YAML or JSON text of a JSON pointer's (RFC 6901) value, or of the closest value around it.
 * Lines and columns count from 1. Null for the whole document.
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

/** A field as a pair, an entry as a node. */
function childOf(node: unknown, part: string): unknown {
  if (isMap(node)) return node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === part) ?? null
  return isSeq(node) ? (node.items[Number(part)] ?? null) : null
}

/** A field starts where its name does. */
function startOf(child: unknown): number | null {
  const node = isPair(child) ? child.key : child
  return isNode(node) ? (node.range?.[0] ?? null) : null
}
