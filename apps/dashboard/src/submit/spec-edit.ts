import { isAlias, isCollection, isMap, isScalar, isSeq, type Document, parseDocument, type YAMLSeq } from 'yaml'
import type { SpecPath } from './spec-text.ts'

/** One change of a spec. `path` names a value; for changes of a list, the list. */
export type SpecEdit =
  /** `undefined` removes the value. */
  | { readonly kind: 'set'; readonly path: SpecPath; readonly value: unknown }
  | { readonly kind: 'insert'; readonly path: SpecPath; readonly index: number; readonly value: unknown }
  | { readonly kind: 'duplicate' | 'remove'; readonly path: SpecPath; readonly index: number }
  | { readonly kind: 'move'; readonly path: SpecPath; readonly from: number; readonly to: number }
  /** Gives a member of an object another name, unless that is taken. */
  | { readonly kind: 'rename'; readonly path: SpecPath; readonly from: string; readonly to: string }

/** The text with one change, comments and order kept. Text that cannot be read stays as it is. */
export function editSpec(text: string, edit: SpecEdit): string {
  const document = parseDocument(text)
  if (document.errors.length > 0) return text
  if (edit.kind === 'set') setValue(document, edit.path, edit.value)
  else if (edit.kind === 'rename') renameMember(document, edit)
  else editList(document, edit)
  return document.toString({ lineWidth: 120, flowCollectionPadding: true })
}

function setValue(document: Document, path: SpecPath, value: unknown): void {
  makeRoom(document, path, value !== undefined)
  if (value === undefined) {
    if (document.hasIn(path)) document.deleteIn(path)
  } else if (typeof value !== 'object' || value === null) {
    const present = document.getIn(path, true)
    // How the old value was quoted says nothing about the new one.
    if (isScalar(present)) delete present.type
    document.setIn(path, value)
  } else document.setIn(path, nodeOf(document, value))
}

type ListEdit = Exclude<SpecEdit, { readonly kind: 'set' | 'rename' }>

function editList(document: Document, edit: ListEdit): void {
  makeRoom(document, [...edit.path, 0], false)
  const list = document.getIn(edit.path, true)
  if (!isSeq(list)) {
    if (edit.kind === 'insert') setValue(document, edit.path, [edit.value])
    return
  }
  const index = edit.kind === 'move' ? edit.from : edit.index
  if (edit.kind === 'insert') list.items.splice(index, 0, nodeOf(document, edit.value))
  else changeItem(document, list, index, edit)
  // An empty list is rarely meant: without it, the default holds.
  if (list.items.length === 0) document.deleteIn(edit.path)
}

function changeItem(document: Document, list: YAMLSeq, index: number, edit: ListEdit): void {
  if (index >= list.items.length) return
  const [item] = list.items.splice(index, 1)
  if (edit.kind === 'move') list.items.splice(edit.to, 0, item)
  if (edit.kind === 'duplicate') list.items.splice(index, 0, item, copyOf(document, item))
}

function renameMember(document: Document, { path, from, to }: Extract<SpecEdit, { kind: 'rename' }>): void {
  makeRoom(document, [...path, from], false)
  const map = document.getIn(path, true)
  if (!isMap(map) || map.has(to)) return
  const pair = map.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === from)
  if (pair !== undefined) pair.key = document.createNode(to)
}

/** Makes what stands above a place a list or an object of its own: what is empty, and what refers to another place. */
function makeRoom(document: Document, path: SpecPath, isCreated: boolean): void {
  if (isCreated && !isCollection(document.contents)) document.contents = document.createNode({})
  for (let length = 1; length < path.length; length++) {
    const above = path.slice(0, length)
    const node = document.getIn(above, true)
    if (isAlias(node)) document.setIn(above, copyOf(document, node))
    else if (isCreated && node !== undefined && !isCollection(node)) document.setIn(above, document.createNode({}))
  }
}

/** A copy that refers to nothing else. */
function copyOf(document: Document, node: unknown): unknown {
  const source = isAlias(node) ? node.resolve(document) : node
  const copy = isCollection(source) || isScalar(source) ? source.clone() : source
  if (isCollection(copy) || isScalar(copy)) delete copy.anchor
  return copy
}

/** Lists of plain values are written in one line. */
function nodeOf(document: Document, value: unknown) {
  const isPlain = Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null)
  return document.createNode(value, { flow: isPlain })
}
