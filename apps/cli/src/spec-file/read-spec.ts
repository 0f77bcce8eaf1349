import { extname } from 'node:path'
import type { ExperimentSpecInput } from '@goalpost/contracts'
import { experimentSpec, GoalpostError, limits } from '@goalpost/contracts'
import { decodeUtf8, explainZodError, parseDocument } from '@goalpost/validation'
import { nameOf, readInput } from './read-input.ts'

/**
 * A spec that fits the common schema of all protocols; `text` is used to find the place of later issues in the file.
 */
export type SpecFile = { readonly path: string; readonly text: string; readonly spec: ExperimentSpecInput }

/** Holds the file, so that issues can be shown at their line. */
export class SpecFault extends GoalpostError {
  readonly file: { readonly path: string; readonly text: string }

  constructor(error: GoalpostError, file: { path: string; text: string }) {
    super(error.code, error.message, { issues: error.issues, cause: error })
    this.file = file
  }
}

/** Reads YAML or JSON (by extension, else by the first character). `-` is standard input. */
export async function readSpec(path: string): Promise<SpecFile> {
  const text = await readText(path)
  const file = { path: nameOf(path), text }
  try {
    return { ...file, spec: checkSpec(parseText(path, text)) }
  } catch (error) {
    throw error instanceof GoalpostError ? new SpecFault(error, file) : error
  }
}

export type DocumentFile = { readonly path: string; readonly text: string; readonly value: unknown }

/** Any YAML or JSON file as plain values. */
export async function readDocument(path: string): Promise<unknown> {
  return (await readDocumentFile(path)).value
}

/** The same, with the text, in which later issues are located. */
export async function readDocumentFile(path: string): Promise<DocumentFile> {
  const text = await readText(path)
  try {
    return { path: nameOf(path), text, value: parseText(path, text) }
  } catch (error) {
    throw error instanceof GoalpostError ? new SpecFault(error, { path: nameOf(path), text }) : error
  }
}

function parseText(path: string, text: string): unknown {
  return parseDocument(text, isJson(path, text) ? 'json' : 'yaml')
}

/** @throws GoalpostError `invalid-spec` that lists all issues. */
export function checkSpec(value: unknown): ExperimentSpecInput {
  if (value === null || value === undefined) throw new GoalpostError('invalid-spec', 'The spec is empty')
  const parsed = experimentSpec.safeParse(value)
  if (parsed.success) return value as ExperimentSpecInput
  const issues = explainZodError(parsed.error, experimentSpec, value)
  throw new GoalpostError('invalid-spec', 'The experiment spec is not valid', { issues })
}

async function readText(path: string): Promise<string> {
  return decodeUtf8(await readInput({ path, mostBytes: limits.bodyBytes, what: 'a spec' }), nameOf(path))
}

function isJson(path: string, text: string): boolean {
  const extension = extname(path).toLowerCase()
  return extension === '.json' || (!['.yaml', '.yml'].includes(extension) && text.trimStart().startsWith('{'))
}
