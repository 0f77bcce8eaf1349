import { childrenOf, isNode, nameOf, statementsOf, type Node } from './syntax.ts'

const asks = /^use(Query|Queries|Pages)$/
/** `find`: of several queries, the one that has failed. */
const telling = new Set(['error', 'isError', 'find'])

/**
 * The queries of a module of which nobody would see that they failed, by what they are bound to: neither is the error
 * read, nor is the whole query handed on.
 */
export function findSilentQueries(source: string): string[] {
  const statements = statementsOf(source)
  return boundQueries(statements).flatMap((bound) => {
    if (bound.type === 'ObjectPattern') return hasError(bound) ? [] : [`{ ${keysOf(bound).join(', ')} }`]
    const name = nameOf(bound)
    return name !== '' && statements.some((statement) => tells(statement, name)) ? [] : [name]
  })
}

/** What queries are bound to; one that is returned at once is its caller's. */
function boundQueries(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => {
    const { id, init } = node
    const isBound = node.type === 'VariableDeclarator' && isNode(id) && isNode(init) && isQuery(init)
    return [...(isBound ? [id] : []), ...boundQueries(childrenOf(node))]
  })
}

const isQuery = (node: Node): boolean => node.type === 'CallExpression' && asks.test(nameOf(node['callee']))

/** Whether a query's error, or the query as a whole, is used below a node. */
function tells(node: Node, query: string): boolean {
  if (node.type === 'VariableDeclarator' && nameOf(node['init']) === query)
    return isNode(node['id']) && (node['id'].type === 'ArrayPattern' || hasError(node['id']))
  if (node.type === 'VariableDeclarator') return isNode(node['init']) && tells(node['init'], query)
  if (node.type === 'MemberExpression' && nameOf(node['object']) === query) return telling.has(nameOf(node['property']))
  if (node.type === 'MemberExpression') return isNode(node['object']) && tells(node['object'], query)
  // Not the name of a property.
  if (node.type === 'Property') return isNode(node['value']) && tells(node['value'], query)
  if (node.type === 'Identifier') return node['name'] === query
  return childrenOf(node).some((child) => tells(child, query))
}

const hasError = (pattern: Node): boolean => keysOf(pattern).some((key) => telling.has(key))

const keysOf = (pattern: Node): string[] => childrenOf(pattern).map((property) => nameOf(property['key']))
