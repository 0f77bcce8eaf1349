import type { z } from 'zod'
import type { InputIssue } from './errors.ts'

/** Turns a zod error into issues that name the field and the remedy. `prefix` is prepended to every pointer. */
export function explainZodError(error: z.ZodError, _schema: z.ZodType, _input: unknown, prefix = ''): InputIssue[] {
  return error.issues.map((issue) => ({
    pointer: prefix + issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    message: issue.message,
  }))
}
