import type { DocumentFormat } from './malformed.ts'
import { parseJson } from './parse-json.ts'
import { parseYaml } from './parse-yaml.ts'
import { refuseHostileShapes } from './refuse-hostile-shapes.ts'

/**
 * Parses JSON or YAML (1.2, one document, no tags beyond the core schema) into plain values, within bounds of depth and
 * number. A mebibyte takes up to a second: do not call it on a busy event loop.
 * Throws a GoalpostError `malformed-body` that names line and column.
 */
export function parseDocument(text: string, format: DocumentFormat): unknown {
  const value = format === 'json' ? parseJson(text) : parseYaml(text)
  refuseHostileShapes(value)
  return value
}
