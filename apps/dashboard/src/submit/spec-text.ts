import { parseDocument, stringify } from 'yaml'

/** Where in a spec, e.g. `['options', 'steps']`. */
export type SpecPath = readonly (string | number)[]

/** A fault of the text, by offsets into it. */
export type Fault = { readonly from: number; readonly to: number; readonly message: string }

export type ReadSpec = { readonly value: Readonly<Record<string, unknown>>; readonly faults: readonly Fault[] }

/** The text as data, as far as it can be read. Its size is limited by the editor, not by aliases that multiply. */
export function readSpec(text: string): ReadSpec {
  const document = parseDocument(text, { prettyErrors: false })
  const faults = document.errors.map(({ pos: [from, to], message }) => ({ from, to, message }))
  const value: unknown = faults.length > 0 ? {} : document.toJS({ maxAliasCount: 100 })
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return { value: isObject ? { ...value } : {}, faults }
}

/** Where a JSON Pointer of an answer stands in the text: the nearest value that the text has. */
export function locate(text: string, pointer: string): { readonly from: number; readonly to: number } {
  const document = parseDocument(text)
  const path = pathOf(pointer)
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length).map(indexOrKey), true)
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

const indexOrKey = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part)

function rangeOf(node: unknown): { from: number; to: number } | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null
  const [from, to]: unknown[] = node.range
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null
}

/** A stored spec as text to edit. */
export function specText(spec: unknown): string {
  return stringify(spec, { lineWidth: 120, flowCollectionPadding: true })
}
