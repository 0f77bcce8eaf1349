import { GoalpostError } from '@goalpost/contracts'
import type { HostedEndpoint } from '@goalpost/experiments'
import { z } from 'zod'

/** An address that specs may name, with the variables whose keys may be sent there; the first is the default. */
export type AllowedEndpoint = { readonly baseUrl: string; readonly keyVariables: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

const setting = 'GOALPOST_MODEL_ENDPOINTS'
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * A setting with addresses, separated by commas, each followed by the variables of its keys:
 * `https://api.example.com/v1=EXAMPLE_KEY|OTHER_KEY,http://127.0.0.1:8000/v1`.
 */
export const allowedEndpoints = z
  .string()
  .default('')
  .transform((text, context) => {
    try {
      return parseEndpoints(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
      return z.NEVER
    }
  })

/** @throws RangeError with the position of the first entry that is wrong: its text may be a key, put here by mistake */
export function parseEndpoints(text: string): readonly AllowedEndpoint[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry, i) => parseEndpoint(entry, i + 1))
}

function parseEndpoint(entry: string, position: number): AllowedEndpoint {
  const [address = '', variables] = entry.split('=', 2)
  const baseUrl = normalizeBaseUrl(address)
  if (baseUrl === null)
    throw new RangeError(`entry ${position} is not an http or https address without user, query and hash`)
  const keyVariables = variables === undefined ? [] : variables.split('|').map((name) => name.trim())
  if (!keyVariables.every((name) => variableName.test(name)))
    throw new RangeError(`what follows = in entry ${position} must be names of variables`)
  return { baseUrl, keyVariables }
}

/** One form for each address; null if it is none that can be allowed. */
export function normalizeBaseUrl(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, username, password, search, hash, origin, pathname } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return null
  if (username !== '' || password !== '' || search !== '' || hash !== '') return null
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** An address as the operator wrote it, and its key with its variable; both null if it needs none. */
export type Access = { readonly baseUrl: string; readonly keyVariable: string | null; readonly key: string | null }

/**
 * What an endpoint is reached with. Errors name no variables, as what stands in their place may be a key.
 * @throws GoalpostError `endpoint-refused` unless the operator allows the address with this key
 */
export function requireAllowed(
  allowed: readonly AllowedEndpoint[],
  { baseUrl, apiKeyVariable }: Pick<HostedEndpoint, 'baseUrl' | 'apiKeyVariable'>,
  environment: Environment,
): Access {
  const wanted = normalizeBaseUrl(baseUrl)
  const found = allowed.find((each) => each.baseUrl === wanted)
  if (found === undefined)
    throw refused(`This worker may not use ${wanted ?? 'this address'}. The operator can allow it with ${setting}`)
  const { keyVariables } = found
  if (apiKeyVariable !== null && !keyVariables.includes(apiKeyVariable))
    throw refused(
      `The variable in \`apiKeyVariable\` may not be sent to ${found.baseUrl}. The operator can allow it with ${setting}`,
    )
  const keyVariable = apiKeyVariable ?? keyVariables[0] ?? null
  if (keyVariable === null) return { baseUrl: found.baseUrl, keyVariable, key: null }
  const key = readKey(environment, keyVariable)
  const place = `variable ${keyVariables.indexOf(keyVariable) + 1} of ${found.baseUrl} in ${setting}`
  if (key === '') throw refused(`The key is not set in the worker’s environment: ${place}`)
  // The client refuses a header with another character, in an error that repeats it.
  if (!/^[\x21-\x7e]+$/.test(key)) throw refused(`The key has blanks or characters that cannot be sent: ${place}`)
  return { baseUrl: found.baseUrl, keyVariable, key }
}

/** All keys that a worker may send anywhere. */
export function listKeys(allowed: readonly AllowedEndpoint[], environment: Environment): readonly string[] {
  return allowed.flatMap(({ keyVariables }) => keyVariables.map((name) => readKey(environment, name)))
}

/** Files with keys often end with a line break. */
function readKey(environment: Environment, variable: string): string {
  return environment[variable]?.trim() ?? ''
}

function refused(message: string): GoalpostError {
  return new GoalpostError('endpoint-refused', message)
}
