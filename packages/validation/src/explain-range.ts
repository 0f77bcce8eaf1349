import type { z } from 'zod'
import { show } from './explain-wording.ts'

export type SizeIssue = Extract<z.core.$ZodIssue, { code: 'too_big' | 'too_small' }>
type Bound = { readonly value: number | bigint; readonly open: boolean }
type Bounds = { readonly low: Bound | null; readonly high: Bound | null }

/** `be between 1 and 64`, `have at most 80 characters`: both ends if the schema has both. */
export function rangeText(issue: SizeIssue, schemas: readonly z.core.$ZodType[]): string {
  const { low, high } = boundsOf(issue, schemas)
  const verb = isNumeric(issue) ? 'be' : 'have'
  const noun = isNumeric(issue) ? '' : issue.origin === 'string' ? ' characters' : ' items'
  if (low !== null && high !== null && !low.open && !high.open) {
    return low.value === high.value
      ? `${verb} ${low.value}${noun}`
      : `${verb} between ${low.value} and ${high.value}${noun}`
  }
  const atLeast = low === null ? [] : [`${low.open ? 'more than' : 'at least'} ${low.value}`]
  const atMost = high === null ? [] : [`${high.open ? 'less than' : 'at most'} ${high.value}`]
  return `${verb} ${[...atLeast, ...atMost].join(' and ')}${noun}`
}

/** The other half of the sentence: `is 500`, `has 3`, `is empty`. */
export function sizeText(issue: SizeIssue, given: unknown): string {
  // A number of a query comes as text.
  if (isNumeric(issue)) return `is ${typeof given === 'string' ? given.slice(0, 60) : show(given)}`
  if (typeof given === 'string' || Array.isArray(given)) return given.length === 0 ? 'is empty' : `has ${given.length}`
  return `has ${show(given)}`
}

function boundsOf(issue: SizeIssue, schemas: readonly z.core.$ZodType[]): Bounds {
  const stated = schemas.length === 1 ? schemas.flatMap(checksOf) : []
  const lows = stated.flatMap((check) => lowerBound(check))
  const highs = stated.flatMap((check) => upperBound(check))
  const open = issue.inclusive === false
  if (issue.code === 'too_small') return { low: { value: issue.minimum, open }, high: highs[0] ?? null }
  return { low: lows[0] ?? null, high: { value: issue.maximum, open } }
}

function checksOf(schema: z.core.$ZodType): readonly z.core.$ZodChecks['_zod']['def'][] {
  const checks = schema._zod.def.checks ?? []
  return checks.map((check) => (check as z.core.$ZodChecks)._zod.def)
}

function lowerBound(check: z.core.$ZodChecks['_zod']['def']): readonly Bound[] {
  if (check.check === 'greater_than' && typeof check.value === 'number')
    return [{ value: check.value, open: !check.inclusive }]
  return check.check === 'min_length' ? [{ value: check.minimum, open: false }] : []
}

function upperBound(check: z.core.$ZodChecks['_zod']['def']): readonly Bound[] {
  if (check.check === 'less_than' && typeof check.value === 'number')
    return [{ value: check.value, open: !check.inclusive }]
  return check.check === 'max_length' ? [{ value: check.maximum, open: false }] : []
}

function isNumeric(issue: SizeIssue): boolean {
  return ['number', 'int', 'bigint'].includes(issue.origin)
}
