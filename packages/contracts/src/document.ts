import { type ParseError, parse as parseTolerantly, printParseErrorCode } from 'jsonc-parser'
import { parseDocument as parseYamlDocument, type YAMLParseError } from 'yaml'
import { GoalpostError } from './errors.ts'

export type DocumentFormat = 'json' | 'yaml'

const maxDepth = 64

/**
 * Parses JSON or YAML (1.2, one document, no tags beyond the core schema) into plain values.
 * Throws a GoalpostError `malformed-body` that names line and column.
 */
export function parseDocument(text: string, format: DocumentFormat): unknown {
  const value = format === 'json' ? parseJson(text) : parseYaml(text)
  refuseHostileShapes(value)
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    // JSON.parse seldom says where: a second, tolerant parser does.
    const faults: ParseError[] = []
    parseTolerantly(text, faults, { disallowComments: true, allowTrailingComma: false })
    const fault = faults[0]
    const reason = fault === undefined ? 'not valid JSON' : wordsOf(printParseErrorCode(fault.error))
    throw malformed('JSON', reason, lineAndColumn(text, fault?.offset ?? 0), error)
  }
}

function parseYaml(text: string): unknown {
  const document = parseYamlDocument(text, { uniqueKeys: true, prettyErrors: false })
  const fault = document.errors[0]
  if (fault !== undefined) throw malformed('YAML', reasonOf(fault), lineAndColumn(text, fault.pos[0]), fault)
  try {
    // A small document can stand for a huge one through nested aliases.
    return document.toJS({ maxAliasCount: 100 }) as unknown
  } catch (error) {
    throw malformed('YAML', error instanceof Error ? error.message : String(error), { line: 1, column: 1 }, error)
  }
}

/**
 * Schemas recurse, so depth is bounded here; a field name that would reach into an object's prototype when options are
 * merged has no honest use; and PostgreSQL stores neither NUL nor half a character.
 */
function refuseHostileShapes(value: unknown): void {
  const pending = [{ value, depth: 0 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value: holder, depth } = next
    if (typeof holder === 'string') requireStorable(holder)
    if (typeof holder !== 'object' || holder === null) continue
    if (depth >= maxDepth) throw new GoalpostError('malformed-body', `Nested more than ${maxDepth} levels deep`)
    if (Object.hasOwn(holder, '__proto__'))
      throw new GoalpostError('malformed-body', 'The field name `__proto__` is not allowed')
    for (const [name, child] of Object.entries(holder)) {
      requireStorable(name)
      pending.push({ value: child, depth: depth + 1 })
    }
  }
}

function requireStorable(text: string): void {
  if (text.includes('\0')) throw new GoalpostError('malformed-body', 'A text contains the character NUL')
  if (!text.isWellFormed()) throw new GoalpostError('malformed-body', 'A text contains half of a surrogate pair')
}

type Place = { readonly line: number; readonly column: number }

/** Both count from 1. */
function lineAndColumn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function malformed(format: string, reason: string, place: Place, cause: unknown): GoalpostError {
  return new GoalpostError('malformed-body', `${format}, line ${place.line}, column ${place.column}: ${reason}`, {
    cause,
  })
}

/** The library's words, except where they speak of its own functions. */
function reasonOf({ code, message }: YAMLParseError): string {
  return code === 'MULTIPLE_DOCS' ? 'A second document begins here; one file holds one' : firstClause(message)
}

function firstClause(reason: string): string {
  // The YAML parser recurses, and reports its own overflow as a fault of the document.
  if (reason.includes('call stack')) return 'nested too deeply'
  return (reason.split(/ at line |\n/)[0] ?? reason).slice(0, 200)
}

/** `CommaExpected` → `comma expected` */
function wordsOf(code: string): string {
  return code.replaceAll(/(?<=.)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()
}
