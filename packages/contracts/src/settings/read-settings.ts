import type { z } from 'zod'
import { GoalpostError, type InputIssue } from '../errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A former name of a variable. `factor`: multiplies its number, if it was in another unit. */
export type FormerName = { readonly now: string; readonly factor?: number }

/**
 * A program's settings, from its environment. An empty variable counts as not set, since compose files
 * leave variables out like this. A former name is used if the current one is not set.
 *
 * Errors: `invalid-request` with an issue for every missing or wrong variable. Values are never shown: URLs contain
 * passwords.
 */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
  former: Readonly<Record<string, FormerName>> = {},
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== undefined && text !== ''))
  const parsed = schema.safeParse({ ...presentNames(given, former), ...given })
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }): InputIssue => ({
    pointer: `/${path.join('/')}`,
    message,
  }))
  const text = issues
    .map(({ pointer, message }) => `${nameAsSet(pointer.slice(1), given, former)} ${message}`)
    .join('; ')
  throw new GoalpostError('invalid-request', text, { issues })
}

function presentNames(given: Environment, former: Readonly<Record<string, FormerName>>): Environment {
  const renamed = Object.entries(former).flatMap(([name, { now, factor = 1 }]) => {
    const text = given[name]
    if (text === undefined) return []
    return [[now, factor !== 1 && /^\d+$/.test(text) ? String(Number(text) * factor) : text]]
  })
  return Object.fromEntries(renamed) as Environment
}

/** Errors name the variable that was set: the current or the former name. */
function nameAsSet(name: string, given: Environment, former: Readonly<Record<string, FormerName>>): string {
  if (name in given) return name
  const old = Object.entries(former).find(([key, { now }]) => now === name && key in given)
  return old === undefined ? name : old[0]
}
