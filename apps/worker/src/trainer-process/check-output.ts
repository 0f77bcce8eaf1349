import { GoalpostError } from '@goalpost/contracts'
import type { z } from 'zod'

/**
 * Validates a protocol's output before it leaves the process.
 * @throws GoalpostError `not-finite` for NaN or infinity in place of a number, else `task-failed`.
 */
export function checkOutput<T>(schema: z.ZodType<T>, output: unknown, what: string): T {
  const parsed = schema.safeParse(output)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path ?? []
  const found = valueAt(output, path)
  const where = `${what} at /${path.join('/')}`
  if (typeof found === 'number' && !Number.isFinite(found)) {
    throw new GoalpostError('not-finite', `A number in ${where} is ${found}`, { cause: parsed.error })
  }
  throw new GoalpostError('task-failed', `The protocol returned an invalid ${where}: ${issue?.message}`, {
    cause: parsed.error,
  })
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    root,
  )
}
