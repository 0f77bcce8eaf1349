import { parseSync } from 'vite'

export type Node = { readonly type: string; readonly [key: string]: unknown }

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

export const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)

export const nameOf = (value: unknown): string =>
  isNode(value) && typeof value['name'] === 'string' ? value['name'] : ''

/** The statements of a module with JSX. Throws a SyntaxError. */
export function statementsOf(source: string): Node[] {
  const { program, errors } = parseSync('module.tsx', source)
  if (errors.length > 0) throw new SyntaxError(errors.map(({ message }) => message).join('\n'))
  const body: readonly unknown[] = program.body
  return body.filter(isNode)
}
