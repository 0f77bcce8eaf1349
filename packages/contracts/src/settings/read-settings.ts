import type { z } from 'zod'
import { GoalpostError, type InputIssue } from '../errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A former name of a variable. `factor`: what its number is multiplied with, where it was in another unit. */
export type FormerName = { readonly now: string; readonly factor?: number }

/**
 * A program's settings, from its environment. An empty variable counts as not set: that is how compose files
 * leave one out. A former name counts where the present one is not set.
 *
 * Errors: `invalid-request` with an issue for every variable that is missing or wrong. Values are never shown: URLs carry
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

/** A complaint names the variable that was set, in whichever spelling. */
function nameAsSet(name: string, given: Environment, former: Readonly<Record<string, FormerName>>): string {
  if (name in given) return name
  const old = Object.entries(former).find(([key, { now }]) => now === name && key in given)
  return old === undefined ? name : old[0]
}
