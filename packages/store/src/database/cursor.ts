import { GoalpostError } from '@goalpost/contracts'

/** Opaque to clients: the end of the page, as the values that it is ordered by. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

type Kind = 'id' | 'number' | 'text'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Refuses with `invalid-request` a cursor that `encodeCursor` did not make for the same order. */
export function decodeCursor(cursor: string, kinds: readonly Kind[]): readonly (string | number)[] {
  const values = parse(cursor)
  if (isPosition(values, kinds)) return values
  throw new GoalpostError('invalid-request', 'The cursor does not belong to this list', {
    issues: [
      { pointer: '/cursor', message: 'does not belong to this list', remedy: 'Use `nextCursor` of the previous page' },
    ],
  })
}

function isPosition(values: unknown, kinds: readonly Kind[]): values is readonly (string | number)[] {
  return (
    Array.isArray(values) &&
    values.length === kinds.length &&
    kinds.every((kind, index) => isOfKind(values[index], kind))
  )
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'string') return false
  return kind === 'id' ? uuid.test(value) : !value.includes('\0')
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** Turns `limit + 1` rows into a page of at most `limit` with a cursor only if there are more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  shape: { item: (row: Row) => Item; position: (row: Row) => readonly (string | number)[] },
): { items: readonly Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  return { items: shown.map(shape.item), nextCursor: more ? encodeCursor(shape.position(last)) : null }
}
