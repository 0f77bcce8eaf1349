import { GoalpostError } from '@goalpost/contracts'
import { parseSeeds } from './parse-seeds.ts'
import { parseValue } from './parse-value.ts'
import { checkSpec, type SpecFile } from './read-spec.ts'

/** Settings from the command line, which replace those of the file. */
export type Overrides = { readonly seeds?: string; readonly set?: readonly string[] }

/** Applies `--seeds 3` and `--set options.steps=1000` to the spec. */
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

/** A copy with the value set; missing objects on the path are created. */
function withValue(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to
  const within = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  const inner: unknown = Object.entries(within).find(([key]) => key === name)?.[1]
  return { ...within, [name]: withValue(inner, rest, to) }
}
