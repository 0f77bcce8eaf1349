import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, type Document, type YAMLSeq } from 'yaml'
import { aliasSources, copyLostSources, plainCopy, type AliasSources } from './spec-aliases.ts'
import { readDocument, type SpecPath } from './spec-text.ts'
import { findMember, writtenPath } from './written-path.ts'

/** One change of a spec. `path` names a value; for changes of a list, the list. */
export type SpecEdit =
  /** `undefined` removes the value. */
  | { readonly kind: 'set'; readonly path: SpecPath; readonly value: unknown }
  | { readonly kind: 'insert'; readonly path: SpecPath; readonly index: number; readonly value: unknown }
  | { readonly kind: 'duplicate' | 'remove'; readonly path: SpecPath; readonly index: number }
  | { readonly kind: 'move'; readonly path: SpecPath; readonly from: number; readonly to: number }
  /** Gives a member of an object another name, unless that is taken. */
  | { readonly kind: 'rename'; readonly path: SpecPath; readonly from: string; readonly to: string }

/** A document that is changed, and what its aliases stood for before. */
type Draft = { readonly document: Document; readonly sources: AliasSources }

/**
 * The text with one change, comments and order kept. Text that cannot be read stays as it is. Where a value goes that
 * others refer to, they become copies of it.
 */
export function editSpec(text: string, edit: SpecEdit): string {
  const document = parseDocument(text, { prettyErrors: false })
  if (readDocument(document).faults.length > 0) return text
  const draft = { document, sources: aliasSources(document) }
  if (edit.kind === 'set') setValue(draft, edit.path, edit.value)
  else if (edit.kind === 'rename') renameMember(draft, edit)
  else editList(draft, edit)
  copyLostSources(document, draft.sources)
  return document.toString({ lineWidth: 120, flowCollectionPadding: true })
}

function setValue(draft: Draft, path: SpecPath, value: unknown): void {
  makeRoom(draft, path, value !== undefined)
  const { document } = draft
  const at = writtenPath(document, path)
  if (value === undefined) {
    if (document.hasIn(at)) document.deleteIn(at)
  } else if (typeof value !== 'object' || value === null) {
    const present = document.getIn(at, true)
    // How the old value was quoted says nothing about the new one.
    if (isScalar(present)) delete present.type
    document.setIn(at, value)
  } else document.setIn(at, nodeOf(document, value))
}

type ListEdit = Exclude<SpecEdit, { readonly kind: 'set' | 'rename' }>

function editList(draft: Draft, edit: ListEdit): void {
  makeRoom(draft, [...edit.path, 0], false)
  const { document } = draft
  const at = writtenPath(document, edit.path)
  const list = document.getIn(at, true)
  if (!isSeq(list)) {
    if (edit.kind === 'insert') setValue(draft, edit.path, [edit.value])
    return
  }
  const index = edit.kind === 'move' ? edit.from : edit.index
  if (edit.kind === 'insert') list.items.splice(index, 0, nodeOf(document, edit.value))
  else changeItem(draft, list, index, edit)
  // An empty list is rarely meant: without it, the default holds.
  if (list.items.length === 0) document.deleteIn(at)
}

function changeItem({ sources }: Draft, list: YAMLSeq, index: number, edit: ListEdit): void {
  if (index >= list.items.length) return
  const [item] = list.items.splice(index, 1)
  if (edit.kind === 'move') list.items.splice(edit.to, 0, item)
  if (edit.kind === 'duplicate') list.items.splice(index, 0, item, plainCopy(item, sources))
}

function renameMember(draft: Draft, { path, from, to }: Extract<SpecEdit, { kind: 'rename' }>): void {
  makeRoom(draft, [...path, from], false)
  const { document } = draft
  const map = document.getIn(writtenPath(document, path), true)
  if (!isMap(map) || findMember(map, to) !== undefined) return
  const pair = findMember(map, from)
  if (pair !== undefined) pair.key = document.createNode(to)
}

/** Makes what stands above a place a list or an object of its own: what is empty, and what refers to another place. */
function makeRoom({ document, sources }: Draft, path: SpecPath, isCreated: boolean): void {
  if (isCreated && !isCollection(document.contents)) document.contents = document.createNode({})
  for (let length = 1; length < path.length; length++) {
    const above = writtenPath(document, path.slice(0, length))
    const node = document.getIn(above, true)
    if (isAlias(node)) document.setIn(above, plainCopy(node, sources))
    else if (isCreated && node !== undefined && !isCollection(node)) document.setIn(above, document.createNode({}))
  }
}

/** Lists of plain values are written in one line. */
function nodeOf(document: Document, value: unknown) {
  const isPlain = Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null)
  return document.createNode(value, { flow: isPlain, aliasDuplicateObjects: false })
}
