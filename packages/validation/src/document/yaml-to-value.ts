import { isAlias, isMap, isScalar, type Alias, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml'
import { documentBudget, tooDeep, tooMany } from './budget.ts'
import { malformed, quoteName } from './malformed.ts'

/** JSON's kinds of value. Anything else would be a guess at the meaning of the writer's tag. */
const coreTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((kind) => `tag:yaml.org,2002:${kind}`),
)

type Node = ParsedNode | null
/** The content of an anchor, and its number of values. */
type Anchored = { readonly value: unknown; readonly values: number }

/** Plain values of a YAML tree, in one pass. Refuses duplicate names, foreign tags, unknown aliases, and huge trees. */
export function yamlToValue(text: string, root: Node): unknown {
  const anchors = new Map<string, Anchored>()
  let values = 0

  function refuse(node: { readonly range?: readonly number[] | null | undefined }, reason: string): never {
    throw malformed('yaml', { text, offset: node.range?.[0] ?? 0, reason })
  }

  function convert(node: Node, depth: number): unknown {
    if (node === null) return null
    values += 1
    if (values > documentBudget.values) refuse(node, tooMany)
    if (isAlias(node)) return follow(node)
    const before = values
    const value = plainValue(node, depth)
    if (node.anchor !== undefined) anchors.set(node.anchor, { value, values: values - before + 1 })
    return value
  }

  function plainValue(node: Exclude<ParsedNode, Alias.Parsed>, depth: number): unknown {
    if (node.tag !== undefined && !coreTags.has(node.tag)) refuse(node, foreignTag(node.tag))
    if (isScalar(node)) return node.value
    if (depth >= documentBudget.depth) refuse(node, tooDeep)
    return isMap(node) ? objectOf(node, depth) : listOf(node, depth)
  }

  /** The anchors of a holder are known only once it is whole, so nothing holds itself. */
  function follow(alias: Alias.Parsed): unknown {
    const anchored = anchors.get(alias.source)
    if (anchored === undefined) refuse(alias, `the alias *${alias.source} has no anchor before it`)
    values += anchored.values
    if (values > documentBudget.values) refuse(alias, `the aliases expand to ${tooMany}`)
    return anchored.value
  }

  function listOf({ items }: YAMLSeq<unknown>, depth: number): unknown[] {
    return items.map((item) => convert(item as Node, depth + 1))
  }

  function objectOf({ items }: YAMLMap<unknown, unknown>, depth: number): object {
    const fields = new Map<string, unknown>()
    for (const { key, value } of items) {
      const name = nameOf(key as Node)
      if (fields.has(name)) refuse(key as ParsedNode, `the field ${quoteName(name)} appears twice`)
      fields.set(name, convert(value as Node, depth + 1))
    }
    // `fromEntries` defines members rather than assigning them, so `__proto__` is a name like any other.
    return Object.fromEntries(fields)
  }

  function nameOf(key: Node): string {
    if (key === null) return ''
    if (!isScalar(key)) refuse(key, 'a field name must be a plain string')
    if (key.tag !== undefined && !coreTags.has(key.tag)) refuse(key, foreignTag(key.tag))
    return spell(key)
  }

  return convert(root, 0)
}

/** `1` and `"1"` are one name, as in JSON. The core schema has only these kinds. */
function spell({ value }: { readonly value: unknown }): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}

function foreignTag(tag: string): string {
  return `the tag ${quoteName(tag.replace(/^tag:yaml\.org,2002:/, '!!'))} is not supported; write a plain string, number, list or mapping`
}
