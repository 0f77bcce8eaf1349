import { parse, stringify } from 'yaml'
import type { Field } from '../schema-field.ts'

/** A value as inputs show it; nothing for one that is not set. */
export function shownValue(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null
    ? stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()
    : JSON.stringify(value)
}

/** A value of any type as text to edit: what YAML would read as another type is quoted. */
export function anyText(value: unknown): string {
  return value === undefined ? '' : stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()
}

/** What was typed, as the value that a field takes. An empty text leaves the default. */
export function readText(text: string, field: Field): unknown {
  if (text.trim() === '') return undefined
  if (field.kind === 'number') return Number(text)
  if (field.kind !== 'any') return text
  try {
    return parse(text)
  } catch {
    // Text that is no YAML is kept: the preview then names what is wrong.
    return text
  }
}
