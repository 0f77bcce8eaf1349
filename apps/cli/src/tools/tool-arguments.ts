import { stat } from 'node:fs/promises'
import { limits } from '@goalpost/contracts'
import { decodeUtf8, parseDocument } from '@goalpost/validation'
import type { JsonObject, JsonValue, ToolView } from '@goalpost/contracts'
import { z } from 'zod'
import { nameOf, readInput } from '../spec-file/read-input.ts'

/** What of an argument's JSON Schema a command line needs. */
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

/** Says what pictures may be drawn with: filled in from what the terminal can show. */
export const charset = 'charset'

/** Asks for every step of what moves: a terminal can show them one after the other. */
export const frames = 'frames'

/** Of texts that begin with an experiment. */
const experimentFormat = 'goalpost-experiment'

export function argumentsOf({ argumentsSchema }: Pick<ToolView, 'argumentsSchema'>): readonly Argument[] {
  const { properties, required } = objectSchema.parse(argumentsSchema)
  return Object.entries(properties).map(([name, schema]) => ({ ...schema, name, required: required.includes(name) }))
}

/** `stepLimit` → `--step-limit <value>`; yes-or-no questions need no value. */
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

/** Texts become what the schema asks for; what does not fit goes as it is, and the service says what is wrong with it. */
export async function readArguments(
  known: readonly Argument[],
  given: Readonly<Record<string, string | boolean | undefined>>,
  /** Puts the id in the place of whatever else an experiment is called by. */
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

/** A file's content where one has this name, standard input for `-`, else the text itself. */
async function readLong(text: string): Promise<string> {
  if (text !== '-' && !(await isThere(text))) return text
  return decodeUtf8(await readInput({ path: text, mostBytes: limits.bodyBytes, what: 'an argument' }), nameOf(text))
}

/** A drawing of a level is no path, and a folder that happens to be called like a text is no content. */
function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  )
}
