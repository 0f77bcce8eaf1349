import { isAlias, isNode, visit, type Alias, type Document, type Node } from 'yaml'

/** The value that each alias of a document stands for. */
export type AliasSources = ReadonlyMap<Alias, Node>

/** To be read before a document is changed. */
export function aliasSources(document: Document): AliasSources {
  const sources = new Map<Alias, Node>()
  for (const alias of aliasesOf(document)) {
    const source = alias.resolve(document)
    if (source !== undefined) sources.set(alias, source)
  }
  return sources
}

/** In the order of a visit. */
function aliasesOf(root: Document | Node): Alias[] {
  const aliases: Alias[] = []
  visit(root, { Alias: (_, alias) => void aliases.push(alias) })
  return aliases
}

/** A copy that refers to nothing else, and to which nothing refers: without aliases and anchors. */
export function plainCopy(node: unknown, sources: AliasSources): unknown {
  if (isAlias(node)) return plainCopy(sources.get(node), sources)
  if (!isNode(node)) return node
  const copy: unknown = node.clone()
  if (!isNode(copy)) return copy
  const aliases = aliasesOf(node)
  visit(copy, {
    Alias: () => copiedNode(aliases.shift(), sources),
    Value: (_, each) => void delete each.anchor,
  })
  return copy
}

/** Puts copies in place of the aliases that no longer stand for what they stood for: its anchor went, or is now below. */
export function copyLostSources(document: Document, sources: AliasSources): void {
  visit(document, {
    Alias: (_, alias) => (alias.resolve(document) === sources.get(alias) ? undefined : copiedNode(alias, sources)),
  })
}

function copiedNode(alias: Alias | undefined, sources: AliasSources): Node | undefined {
  const copy = plainCopy(alias, sources)
  return isNode(copy) ? copy : undefined
}
