import { explainZodError } from '@goalpost/validation'
import { requireAbility, type Environment } from '@goalpost/environments'
import { parseRecording, type EpisodeRecording } from '@goalpost/evaluation'
import type { NamedFile } from '@goalpost/experiments'
import { z } from 'zod'
import { ToolFault } from '@goalpost/protocol-kit'
import { environmentName, type Naming } from './arguments.ts'
import { environmentOf } from '../environment-of.ts'

/** A level with everything needed to play it. */
export type FoundLevel = {
  readonly environment: Environment
  readonly parameters: unknown
  readonly level: unknown
  /** The named episode, if any. */
  readonly recording: EpisodeRecording | null
  /** How many levels the suite has that it was read from, if it was. */
  readonly suiteLevels?: number
}

const hash = /^[0-9a-f]{64}$/
const partOfHash = /^[0-9a-f]{6,63}$/

/** The file to read before calling `findLevel`. */
export function filesOf({ level }: Pick<Naming, 'level'>): readonly NamedFile[] {
  return hash.test(level.trim()) ? [{ hash: level.trim(), pointer: '/level' }] : []
}

type EnvironmentName = z.infer<typeof environmentName>

const levelFile = z.strictObject({ environment: environmentName, level: z.json() })
const suiteFile = z.strictObject({
  format: z.literal(1),
  environment: environmentName,
  version: z.string(),
  parameters: z.record(z.string(), z.json()),
  levels: z.array(z.json()),
})
/** Changed rules affect how a level is played, not the level: its version is ignored. */
const placed = z.object({ size: z.int() })

/** Throws a ToolFault with the path, the fault and the remedy. */
export function findLevel(naming: Naming, files: ReadonlyMap<string, Uint8Array>): FoundLevel {
  const text = textOf(naming.level.trim(), naming.level, files)
  return text.trimStart().startsWith('{') ? fromJson(naming, parseJson(text)) : fromDrawing(naming, text)
}

function textOf(trimmed: string, given: string, files: ReadonlyMap<string, Uint8Array>): string {
  const bytes = files.get(trimmed)
  return bytes === undefined ? given : new TextDecoder().decode(bytes)
}

function parseJson(text: string): object {
  try {
    return z.looseObject({}).parse(JSON.parse(text))
  } catch (error) {
    throw new ToolFault({ pointer: '/level', message: `is not JSON: ${error instanceof Error ? error.message : ''}` })
  }
}

function fromJson(naming: Naming, json: object): FoundLevel {
  if ('actions' in json) return fromRecording(naming, json)
  const suite = suiteFile.safeParse(json)
  if (suite.success) {
    const { levels, parameters } = suite.data
    const environment = agreeing(naming, suite.data.environment)
    const level = levels[naming.index]
    if (level === undefined) {
      throw new ToolFault({
        pointer: '/index',
        message: `is ${naming.index}, but the suite has ${levels.length} levels`,
      })
    }
    const found = read({ ...naming, environment, parameters: { ...parameters, ...naming.parameters } }, level)
    return { ...found, suiteLevels: levels.length }
  }
  const file = levelFile.safeParse(json)
  if (file.success) return read({ ...naming, environment: agreeing(naming, file.data.environment) }, file.data.level)
  return read(naming, json)
}

function fromRecording(naming: Naming, json: object): FoundLevel {
  const recording = blaming('/level', 'is', () => parseRecording(json))
  const { environment, parameters } = recording
  const named = environmentName.safeParse(environment)
  if (!named.success) throw new ToolFault({ pointer: '/level', message: `unknown environment ${environment}` })
  return { ...read({ ...naming, environment: agreeing(naming, named.data), parameters }, recording.level), recording }
}

/** The environment named in a file; a different requested one is refused. */
function agreeing({ environment: asked }: Naming, own: EnvironmentName): EnvironmentName {
  if (asked === undefined || asked === own) return own
  const message = `is ${asked}, but this is a level of ${own}`
  throw new ToolFault({ pointer: '/environment', message, remedy: 'Leave it out: the file names it' })
}

function read(naming: Naming, json: unknown): FoundLevel {
  const environment = requireEnvironment(naming)
  const size = placed.safeParse(json)
  const parameters = completeParameters(environment, naming.parameters, size.success ? size.data.size : null)
  const level = blaming('/level', 'is', () => environment.levelFromJson(parameters, json))
  return { environment, parameters, level, recording: null }
}

function fromDrawing(naming: Naming, drawing: string): FoundLevel {
  if (!drawing.trim().includes('\n')) {
    const message = 'is neither the hash of a file, nor JSON, nor a drawing'
    const remedy = partOfHash.test(drawing.trim())
      ? 'Give all 64 digits of the level’s hash'
      : 'Is it a file that does not exist?'
    throw new ToolFault({ pointer: '/level', message, remedy })
  }
  const environment = requireEnvironment(naming)
  const [first = ''] = drawing.split('\n').filter((line) => line.trim() !== '')
  const parameters = completeParameters(environment, naming.parameters, first.trim().length - 2)
  const level = blaming('/level', 'cannot be read:', () =>
    requireAbility(environment, 'parseLevel')(parameters, drawing),
  )
  return { environment, parameters, level, recording: null }
}

function requireEnvironment({ environment }: Pick<Naming, 'environment'>): Environment {
  if (environment !== undefined) return environmentOf(environment)
  const remedy = `Name one of ${environmentName.options.join(', ')}`
  throw new ToolFault({
    pointer: '/environment',
    message: 'is needed: nothing else names it',
    remedy,
  })
}

/** Default parameters; the size is the level's own if it shows one and the environment has sizes. */
export function completeParameters(
  { parameters: schema }: Pick<Environment, 'parameters'>,
  given: Readonly<Record<string, unknown>>,
  size: number | null,
): unknown {
  const sized = size === null ? given : { size, ...given }
  const parsed = schema.safeParse(sized)
  if (parsed.success) return parsed.data
  const plain = schema.safeParse(given)
  if (plain.success) return plain.data
  const [issue] = explainZodError(plain.error, schema, given, '/parameters')
  throw new ToolFault(issue ?? { pointer: '/parameters', message: 'are not valid' })
}

/** Environments throw RangeErrors with their own messages. */
export function blaming<Result>(pointer: string, verb: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new ToolFault({ pointer, message: `${verb} ${error.message}` })
    throw error
  }
}
