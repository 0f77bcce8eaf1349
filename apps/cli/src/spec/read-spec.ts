import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { ExperimentSpecInput } from '@goalpost/contracts'
import { experimentSpec, explainZodError, GoalpostError, limits, parseDocument } from '@goalpost/contracts'

/** A spec that fits the schema which all protocols share; `text` lets later issues be found in the file. */
export type SpecFile = { readonly path: string; readonly text: string; readonly spec: ExperimentSpecInput }

/** Carries the file along, so that issues can be shown at their line. */
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
  const file = { path: path === '-' ? 'standard input' : path, text }
  try {
    return { ...file, spec: checkSpec(parseText(path, text)) }
  } catch (error) {
    throw error instanceof GoalpostError ? new SpecFault(error, file) : error
  }
}

/** Any YAML or JSON file as plain values. */
export async function readDocument(path: string): Promise<unknown> {
  const text = await readText(path)
  try {
    return parseText(path, text)
  } catch (error) {
    throw error instanceof GoalpostError ? new SpecFault(error, { path, text }) : error
  }
}

function parseText(path: string, text: string): unknown {
  return parseDocument(text, isJson(path, text) ? 'json' : 'yaml')
}

function checkSpec(value: unknown): ExperimentSpecInput {
  if (value === null || value === undefined) throw new GoalpostError('invalid-spec', 'The spec is empty')
  const parsed = experimentSpec.safeParse(value)
  if (parsed.success) return value as ExperimentSpecInput
  const issues = explainZodError(parsed.error, experimentSpec, value)
  throw new GoalpostError('invalid-spec', 'The experiment spec is not valid', { issues })
}

export function readBytes(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => unreadable(path, error))
}

async function readText(path: string): Promise<string> {
  const bytes = path === '-' ? await readAll(process.stdin) : await readBytes(path)
  if (bytes.length > limits.bodyBytes) {
    throw new GoalpostError(
      'body-too-large',
      `${path} has ${bytes.length.toLocaleString('en-US')} bytes; a spec may have ${limits.bodyBytes.toLocaleString('en-US')}`,
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new GoalpostError('malformed-body', `${path} is not UTF-8 text`, { cause })
  }
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function unreadable(path: string, error: NodeJS.ErrnoException): never {
  const reason = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'reading it is not allowed' }[
    error.code ?? ''
  ]
  throw new GoalpostError(
    error.code === 'ENOENT' ? 'not-found' : 'invalid-request',
    `${path}: ${reason ?? error.message}`,
    { cause: error },
  )
}

function isJson(path: string, text: string): boolean {
  const extension = extname(path).toLowerCase()
  return extension === '.json' || (!['.yaml', '.yml'].includes(extension) && text.trimStart().startsWith('{'))
}
