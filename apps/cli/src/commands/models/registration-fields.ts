import { GoalpostError, type JsonValue, type ModelRegistrationInput } from '@goalpost/contracts'
import { parseStep } from '../../spec-file/parse-step.ts'
import { parseValue } from '../../spec-file/parse-value.ts'
import { parseVersion } from './parse-version.ts'

export type RegistrationOptions = {
  readonly step?: string
  readonly commit?: string
  readonly alias?: readonly string[]
  readonly tag?: readonly string[]
  readonly meta?: readonly string[]
  readonly parent?: string
}

/** The options of a registration as the API takes them. */
export function registrationFields(options: RegistrationOptions): Omit<ModelRegistrationInput, 'artifact'> {
  const { step, commit, alias = [], tag = [], meta = [], parent } = options
  return {
    ...(step === undefined ? {} : { step: parseStep(step) }),
    ...(commit === undefined ? {} : { commit }),
    ...(parent === undefined ? {} : { parent: parseVersion(parent) }),
    aliases: [...alias],
    tags: [...tag],
    metadata: Object.fromEntries(meta.map(parseMeta)),
  }
}

/** Values are YAML: numbers stay numbers. */
function parseMeta(text: string): [string, JsonValue] {
  const equals = text.indexOf('=')
  if (equals <= 0)
    throw new GoalpostError('invalid-request', `--meta must look like lr=0.001, not ${JSON.stringify(text)}`)
  return [text.slice(0, equals), parseValue(text.slice(equals + 1)) as JsonValue]
}
