import { GoalpostError } from '@goalpost/contracts'
import { parseDocument } from '@goalpost/validation'
import { parseSeeds } from './parse-seeds.ts'
import { checkSpec, type SpecFile } from './read-spec.ts'

/** What a command line sets in place of what the file says. */
export type Overrides = { readonly seeds?: string; readonly set?: readonly string[] }

/** `--seeds 3`, `--set options.steps=1000`: the spec as if the file had said so. */
export function overrideSpec(file: SpecFile, { seeds, set = [] }: Overrides): SpecFile {
  if (seeds === undefined && set.length === 0) return file
  const base = seeds === undefined ? file.spec : { ...file.spec, seeds: parseSeeds(seeds) }
  const spec = set.map(parseSetting).reduce<unknown>((value, { path, to }) => withValue(value, path, to), base)
  return { ...file, spec: checkSpec(spec) }
}

type Setting = { readonly path: readonly string[]; readonly to: unknown }

function parseSetting(text: string): Setting {
  const equals = text.indexOf('=')
  const path = text.slice(0, Math.max(0, equals)).split('.')
  if (equals < 0 || path.some((name) => !/^[\w-]+$/.test(name) || name === '__proto__')) {
    throw new GoalpostError('invalid-request', `--set must look like options.steps=1000, not ${JSON.stringify(text)}`)
  }
  return { path, to: parseValue(text.slice(equals + 1)) }
}

/** As YAML reads it: numbers, lists and objects in braces; a text where it is none of these. */
function parseValue(text: string): unknown {
  try {
    return parseDocument(text, 'yaml')
  } catch {
    return text
  }
}

/** A copy; objects on the way that are not there are made. */
function withValue(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to
  const within = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  const inner: unknown = Object.entries(within).find(([key]) => key === name)?.[1]
  return { ...within, [name]: withValue(inner, rest, to) }
}
