import { parseDocument, stringify, visit, type Document } from 'yaml'
import { writtenPath } from './written-path.ts'

/** Where in a spec, e.g. `['options', 'steps']`. */
export type SpecPath = readonly (string | number)[]

/** A fault of the text, by offsets into it. */
export type Fault = { readonly from: number; readonly to: number; readonly message: string }

export type ReadSpec = { readonly value: Readonly<Record<string, unknown>>; readonly faults: readonly Fault[] }

/** The text as data, as far as it can be read. */
export function readSpec(text: string): ReadSpec {
  return readDocument(parseDocument(text, { prettyErrors: false }))
}

/** A text's document as data. Its size is limited by the editor, not by aliases that multiply. */
export function readDocument(document: Document.Parsed): ReadSpec {
  const errors = document.errors.map(({ pos: [from, to], message }) => ({ from, to, message }))
  const faults = errors.length > 0 ? errors : aliasFaults(document)
  if (faults.length > 0) return { value: {}, faults }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return { value: isObject ? { ...value } : {}, faults: [] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { value: {}, faults: [{ from: 0, to: 0, message }] }
  }
}

/** Aliases without an anchor before them, and those within the value that they refer to. */
function aliasFaults(document: Document): Fault[] {
  const faults: Fault[] = []
  visit(document, {
    Alias(_, alias, around) {
      const source = alias.resolve(document)
      const message =
        source === undefined ? `*${alias.source} has no anchor before it` : `*${alias.source} refers to itself`
      if (source === undefined || around.includes(source))
        faults.push({ ...(rangeOf(alias) ?? { from: 0, to: 0 }), message })
    },
  })
  return faults
}

/** Where a JSON Pointer of an answer stands in the text: the nearest value that the text has. */
export function locate(text: string, pointer: string): { readonly from: number; readonly to: number } {
  const document = parseDocument(text)
  const path = pathOf(pointer)
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(writtenPath(document, path.slice(0, length)), true)
    const range = rangeOf(node)
    if (range !== null) return range
  }
  return { from: 0, to: Math.max(0, text.indexOf('\n')) }
}

/** The parts of a JSON Pointer. */
export function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The JSON Pointer of a place. */
export function pointerOf(path: SpecPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function rangeOf(node: unknown): { from: number; to: number } | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null
  const [from, to]: unknown[] = node.range
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null
}

/** A stored spec as text to edit. */
export function specText(spec: unknown): string {
  return stringify(spec, { lineWidth: 120, flowCollectionPadding: true })
}
