import { stat } from 'node:fs/promises'
import { limits } from '@goalpost/contracts'
import { decodeUtf8, parseDocument } from '@goalpost/validation'
import type { JsonObject, JsonValue, ToolView } from '@goalpost/contracts'
import { z } from 'zod'
import { nameOf, readInput } from '../spec-file/read-input.ts'

/** The parts of an argument's JSON Schema that a command line needs. */
const argument = z.object({
  type: z.string().optional(),
  description: z.string().default(''),
  default: z.json().optional(),
  enum: z.array(z.json()).optional(),
  contentMediaType: z.string().optional(),
  format: z.string().optional(),
})
export type Argument = z.infer<typeof argument> & { readonly name: string; readonly required: boolean }

const objectSchema = z.object({
  properties: z.record(z.string(), argument).default({}),
  required: z.array(z.string()).default([]),
})

/** How pictures may be drawn, filled in from the terminal's abilities. */
export const charset = 'charset'

/** Requests every frame of an animation, for terminals that can show one. */
export const frames = 'frames'

/** The format of actions that keys add to. */
export const keysFormat = 'goalpost-keys'

/** The format of texts that begin with an experiment. */
const experimentFormat = 'goalpost-experiment'

export function argumentsOf({ argumentsSchema }: Pick<ToolView, 'argumentsSchema'>): readonly Argument[] {
  const { properties, required } = objectSchema.parse(argumentsSchema)
  return Object.entries(properties).map(([name, schema]) => ({ ...schema, name, required: required.includes(name) }))
}

/** `stepLimit` → `--step-limit <value>`; booleans need no value. */
export function flagsOf({ name, type }: Argument): string {
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  return type === 'boolean' ? flag : `${flag} <value>`
}

export function helpOf({ description, default: otherwise, enum: choices }: Argument): string {
  const options = choices === undefined ? '' : `: ${choices.map((choice) => show(choice)).join(', ')}`
  const silent = otherwise === undefined || otherwise === false || JSON.stringify(otherwise) === '{}'
  return `${description}${options}${silent ? '' : ` (default: ${show(otherwise)})`}`
}

const show = (value: z.infer<ReturnType<typeof z.json>>): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/**
 * Converts texts to the schema's types. Values that do not fit are sent unchanged, and the service explains the error.
 */
export async function readArguments(
  known: readonly Argument[],
  given: Readonly<Record<string, string | boolean | undefined>>,
  /** Replaces an experiment's name by its id. */
  nameExperiment: (text: string) => Promise<string>,
): Promise<JsonObject> {
  const read: Record<string, JsonValue> = {}
  for (const each of known) {
    const value = given[each.name]
    if (value === undefined) continue
    if (typeof value !== 'string') read[each.name] = value
    else read[each.name] = each.format === experimentFormat ? await nameExperiment(value) : await readValue(each, value)
  }
  return read
}

async function readValue({ type, contentMediaType }: Argument, text: string): Promise<JsonValue> {
  if (contentMediaType !== undefined) return readLong(text)
  if (type === 'string') return text
  if (type === 'number' || type === 'integer')
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
  try {
    return parseDocument(text, 'yaml') as JsonValue
  } catch {
    return text
  }
}

/** The content of a file of this name, standard input for `-`, else the text itself. */
async function readLong(text: string): Promise<string> {
  if (text !== '-' && !(await isThere(text))) return text
  return decodeUtf8(await readInput({ path: text, mostBytes: limits.bodyBytes, what: 'an argument' }), nameOf(text))
}

/** A drawing of a level is not a path, and a folder has no content. */
function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  )
}
