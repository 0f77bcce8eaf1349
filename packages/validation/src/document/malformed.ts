import { GoalpostError } from '@goalpost/contracts'

export type DocumentFormat = 'json' | 'yaml'

/** Position of a fault in a text. */
export type Fault = {
  readonly text: string
  readonly offset: number
  readonly reason: string
  readonly cause?: unknown
}

/** `malformed-body` that names line and column, both from 1. */
export function malformed(format: DocumentFormat, { text, offset, reason, cause }: Fault): GoalpostError {
  const before = text.slice(0, offset)
  const line = 1 + (before.match(/\n/g)?.length ?? 0)
  const column = offset - (before.lastIndexOf('\n') + 1) + 1
  return new GoalpostError(
    'malformed-body',
    `${format.toUpperCase()}, line ${line}, column ${column}: ${reason}`,
    cause === undefined ? {} : { cause },
  )
}

/** A field name shortened for one line of a message. */
export function quoteName(name: string): string {
  return `\`${name.length > 60 ? `${name.slice(0, 59)}…` : name}\``
}
