import type { z } from 'zod'
import { closestName, suggestName } from './closest-name.ts'
import type { InputIssue } from '@goalpost/contracts'
import { rangeText, sizeText } from './explain-range.ts'
import { kindText, listOr, show } from './explain-wording.ts'
import { quotingRemedy } from './quoting.ts'
import { quoteName } from './document/malformed.ts'
import { jsonPointer } from './pointer.ts'
import { branches, knownKeys, schemasAt, unionAt, valueAt } from './schema-walk.ts'

type Issue = z.core.$ZodIssue
/** The part of the input that a schema was applied to; `pointer` leads to it. */
type Place = { readonly schema: z.core.$ZodType; readonly input: unknown; readonly pointer: string }

/** More would not help a reader, and a hostile body can have a hundred thousand. */
const maxIssues = 50

/**
 * Turns a zod error into issues with the field (RFC 6901 pointer), the fault of the given value, and the remedy.
 * `prefix` is prepended to every pointer. `input` is the value that `schema` was applied to. At most 50 issues are
 * explained.
 */
export function explainZodError(
  error: z.core.$ZodError,
  schema: z.core.$ZodType,
  input: unknown,
  prefix = '',
): InputIssue[] {
  const explained = error.issues
    .slice(0, maxIssues)
    .flatMap((issue) => explain(issue, { schema, input, pointer: prefix }))
  return explained.slice(0, maxIssues)
}

function explain(issue: Issue, place: Place): InputIssue[] {
  const pointer = place.pointer + jsonPointer(issue.path)
  const given = valueAt(place.input, issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, maxIssues).map((key) => unknownField(key, issue, place))
    case 'invalid_union':
      return explainUnion(issue, place)
    case 'invalid_type':
      return [{ pointer, message: wrongType(issue, given), ...quoting([{ ...issue, path: [] }], given) }]
    case 'too_big':
    case 'too_small':
      return [
        {
          pointer,
          message: `must ${rangeText(issue, schemasAt(place.schema, issue.path, place.input))}, but ${sizeText(issue, given)}`,
        },
      ]
    case 'invalid_value':
      return [{ pointer, ...notAnOption(issue.values, given) }]
    case 'not_multiple_of':
      return [{ pointer, message: `must be a multiple of ${issue.divisor}, but is ${show(given)}` }]
    case 'invalid_format':
      return [{ pointer, message: `must ${formatText(issue)}, but is ${show(given)}` }]
    case 'invalid_key':
      return [
        {
          pointer,
          message: `has a name that is not allowed: ${issue.issues.map((inner) => inner.message).join('; ')}`,
        },
      ]
    default:
      return [{ pointer, message: issue.message }]
  }
}

function unknownField(key: string, issue: Issue, place: Place): InputIssue {
  const known = knownKeys(place.schema, issue.path, place.input)
  const remedy = suggestNested(key, known, issue.path, place) ?? suggestName(key, known)
  const pointer = place.pointer + jsonPointer([...issue.path, key])
  return { pointer, message: `unknown field ${quoteName(key)}`, ...(remedy === undefined ? {} : { remedy }) }
}

/** A field that is one level too high is named with its path, as a grid takes it: `ppo.learningRate`. */
function suggestNested(
  key: string,
  known: readonly string[],
  path: readonly PropertyKey[],
  { schema, input }: Place,
): string | undefined {
  const nested = known.flatMap((parent) =>
    knownKeys(schema, [...path, parent], input).flatMap((name) => (name === key ? [`\`${parent}.${name}\``] : [])),
  )
  if (nested.length === 0 || closestName(key, known) !== null) return undefined
  return `Did you mean ${listOr(nested)}?`
}

/** Explains the branch closest to the input; if none fits at all, lists the kinds of value that would. */
function explainUnion(issue: Extract<Issue, { code: 'invalid_union' }>, place: Place): InputIssue[] {
  const pointer = place.pointer + jsonPointer(issue.path)
  const given = valueAt(place.input, issue.path)
  if (issue.discriminator !== undefined) {
    const options = 'options' in issue ? (issue.options ?? []) : []
    return [{ pointer, ...notAnOption(options, given) }]
  }
  const candidates = issue.errors.map((issues, index) => ({
    issues,
    index,
    fits: issues.every((inner) => !isWholly(inner)),
  }))
  const closest = candidates.filter(({ fits }) => fits).toSorted((a, b) => a.issues.length - b.issues.length)[0]
  if (closest === undefined) return [{ pointer, ...fitsNoBranch(issue.errors.flat(), given) }]
  const union = unionAt(place.schema, issue.path, place.input)
  const branch = union === null ? undefined : branches(union, given)[closest.index]
  const schema = branch ?? place.schema
  return closest.issues.flatMap((inner) => explain(inner, { schema, input: given, pointer }))
}

/** Whether the issue rejects the whole value for its kind, and not something inside it. */
function isWholly(issue: Issue): boolean {
  if (issue.path.length > 0) return false
  if (issue.code === 'invalid_union') return issue.errors.every((branch) => branch.some(isWholly))
  return issue.code === 'invalid_type' && !isNearMiss(issue) ? true : issue.code === 'invalid_value'
}

/** A fraction where a whole number is wanted is of the right kind. */
function isNearMiss(issue: Extract<Issue, { code: 'invalid_type' }>): boolean {
  return issue.expected === 'int'
}

function fitsNoBranch(issues: readonly Issue[], given: unknown): { message: string; remedy?: string } {
  const values = issues.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values : []))
  const kinds = issues.flatMap((issue) =>
    issue.code === 'invalid_type' && issue.path.length === 0 ? [kindText(issue.expected)] : [],
  )
  if (typeof given === 'number' && !Number.isFinite(given))
    return { message: `must be a finite number, but is ${given}` }
  if (kinds.length === 0) return notAnOption(values, given)
  const wanted = [...values.map(show), ...new Set(kinds)]
  return {
    message:
      given === undefined
        ? `is missing: ${listOr(wanted)} is needed`
        : `must be ${listOr(wanted)}, but is ${show(given)}`,
    ...quoting(issues, given),
  }
}

function quoting(issues: readonly Issue[], given: unknown): { remedy?: string } {
  const remedies = issues.flatMap((issue) =>
    issue.code === 'invalid_type' && issue.path.length === 0 ? (quotingRemedy(issue.expected, given) ?? []) : [],
  )
  return remedies[0] === undefined ? {} : { remedy: remedies[0] }
}

function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>, given: unknown): string {
  const kind = kindText(issue.expected)
  if (given === undefined) return `is missing: ${kind} is needed`
  if (typeof given === 'number' && !Number.isFinite(given)) return `must be a finite number, but is ${given}`
  return `must be ${kind}, but is ${show(given)}`
}

function notAnOption(options: readonly unknown[], given: unknown): { message: string; remedy?: string } {
  const wanted = options.length === 1 ? show(options[0]) : `one of ${options.map(show).join(', ')}`
  const names = options.filter((option) => typeof option === 'string')
  const remedy = typeof given === 'string' && options.length > 1 ? suggestName(given, names) : undefined
  const guess = remedy?.startsWith('Did you mean') ? { remedy } : {}
  return {
    message: given === undefined ? `is missing: ${wanted} is needed` : `must be ${wanted}, but is ${show(given)}`,
    ...guess,
  }
}

function formatText(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'regex' && issue.pattern === '/^$|\\S/') return 'hold more than blanks'
  return issue.format === 'regex' ? `match ${issue.pattern ?? 'its pattern'}` : `be a valid ${issue.format}`
}
