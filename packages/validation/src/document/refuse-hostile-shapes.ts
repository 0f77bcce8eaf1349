import { GoalpostError } from '@goalpost/contracts'

/**
 * A field name that would reach into an object's prototype when options are merged has no honest use; and PostgreSQL
 * stores neither NUL nor half a character. `value` must be a tree of bounded size.
 */
export function refuseHostileShapes(value: unknown): void {
  const pending = [value]
  for (let holder = pending.pop(); holder !== undefined || pending.length > 0; holder = pending.pop()) {
    if (typeof holder === 'string') requireStorable(holder)
    if (typeof holder !== 'object' || holder === null) continue
    if (Object.hasOwn(holder, '__proto__'))
      throw new GoalpostError('malformed-body', 'The field name `__proto__` is not allowed')
    for (const [name, child] of Object.entries(holder)) {
      requireStorable(name)
      pending.push(child)
    }
  }
}

function requireStorable(text: string): void {
  if (text.includes('\0')) throw new GoalpostError('malformed-body', 'A string contains the character NUL')
  if (!text.isWellFormed()) throw new GoalpostError('malformed-body', 'A string contains half of a surrogate pair')
}
