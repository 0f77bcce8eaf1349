import type { InputIssue, JsonObject, JsonValue, ResolvedSubject } from '@goalpost/contracts'
import type { Protocol, SubjectSlot } from '../ports/protocol.ts'
import type { Draft } from './grid.ts'
import { mergeOptions } from './merge.ts'

type Placed =
  | { readonly ok: true; readonly optionsOf: (draft: Draft) => JsonObject }
  | { readonly ok: false; readonly issue: InputIssue }

type Spec = {
  /** Whether the spec names a subject. */
  readonly named: boolean
  readonly options: JsonObject
  readonly drafts: readonly Draft[]
  readonly subject: ResolvedSubject | null
}

/**
 * The merged options of conditions. The subject's file goes into every condition that leaves its place open: another
 * may name a file of its own to compare with.
 */
export function placeSubject({ named, options, drafts, subject }: Spec, protocol: Protocol): Placed {
  const merge = (draft: Draft): JsonObject => mergeOptions(options, draft.options)
  if (!named) return { ok: true, optionsOf: merge }
  if (subject === null) {
    const message = 'the model version was not looked up: submit the spec to a service'
    return { ok: false, issue: { pointer: '/subject', message } }
  }
  const { subject: slot, name } = protocol
  if (slot === undefined) {
    const message = `the protocol \`${name}\` cannot examine a model version`
    return { ok: false, issue: { pointer: '/subject', message } }
  }
  if (!drafts.some((draft) => isOpen(merge(draft), slot))) {
    const message = `no condition is left for it: each has its own \`${slot.path.join('.')}\``
    return { ok: false, issue: { pointer: '/subject', message, remedy: 'Leave that option out of one condition' } }
  }
  const optionsOf = (draft: Draft): JsonObject => {
    const merged = merge(draft)
    return isOpen(merged, slot) ? mergeOptions(merged, nest(slot.path, subject.hash)) : merged
  }
  return { ok: true, optionsOf }
}

function isOpen(options: JsonObject, { path }: SubjectSlot): boolean {
  let value: JsonValue | undefined = options
  for (const name of path) {
    if (value === undefined || value === null) return true
    // The protocol reports an option of the wrong type.
    if (typeof value !== 'object' || Array.isArray(value)) return false
    value = Object.entries(value).find(([key]) => key === name)?.[1]
  }
  return value === undefined || value === null
}

function nest(path: readonly string[], value: JsonValue): JsonObject {
  return Object.fromEntries(
    path.slice(0, 1).map((name) => [name, path.length === 1 ? value : nest(path.slice(1), value)]),
  )
}
