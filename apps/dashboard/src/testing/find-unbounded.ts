import { childrenOf, isNode, nameOf, statementsOf, type Node } from './syntax.ts'

/** A use of a component that no boundary encloses in its own function. */
type Use = { readonly name: string; readonly inside: string; readonly isExported: boolean }

/**
 * The components of a page whose fault would take the page down: those that it draws outside every `PanelBoundary`, and
 * what its own functions draw, unless these are themselves drawn inside of one. `small`: components that may be.
 */
export function findUnbounded(source: string, small: (name: string) => boolean): string[] {
  const functions = statementsOf(source).flatMap((statement) => {
    const isExported = statement.type === 'ExportNamedDeclaration'
    const node = isExported ? statement['declaration'] : statement
    return isNode(node) && node.type === 'FunctionDeclaration' ? [{ node, isExported }] : []
  })
  const own = new Set(functions.map(({ node }) => nameOf(node['id'])))
  const uses = functions.flatMap(({ node, isExported }) =>
    usesOf(node).map((name): Use => ({ name, inside: nameOf(node['id']), isExported })),
  )
  const exposed = exposedFunctions(uses)
  // A function of the page itself is looked into instead.
  return uses.flatMap(({ name, inside }) =>
    exposed.has(inside) && !small(name) && !own.has(name) ? [`${inside} draws ${name}`] : [],
  )
}

/** Those that a page draws outside of every boundary, directly or through others. */
function exposedFunctions(uses: readonly Use[]): ReadonlySet<string> {
  const exposed = new Set(uses.filter(({ isExported }) => isExported).map(({ inside }) => inside))
  for (let size = -1; size < exposed.size;) {
    size = exposed.size
    for (const { name, inside } of uses) if (exposed.has(inside)) exposed.add(name)
  }
  return exposed
}

/** The components below a node, but not below a boundary or a list, which has one. */
function usesOf(node: Node): string[] {
  if (node.type !== 'JSXElement') return childrenOf(node).flatMap(usesOf)
  const opening = node['openingElement']
  const name = isNode(opening) ? nameOf(opening['name']) : ''
  if (name === 'PanelBoundary') return []
  const below = name === 'PageList' ? [] : childrenOf(node).flatMap(usesOf)
  return /^[A-Z]/.test(name) ? [name, ...below] : below
}
