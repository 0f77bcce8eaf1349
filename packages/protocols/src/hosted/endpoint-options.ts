import { z } from 'zod'
import { count, positive } from '../number-schemas.ts'

const noKeyHere =
  'A key has no place in a spec, which everybody in the workspace can read. Put it into a variable of the workers’ environment, allow that with GOALPOST_MODEL_ENDPOINTS, and name it in `apiKeyVariable`'

/** Refuses a key without repeating it. */
const never = z
  .unknown()
  .refine((value) => value === undefined, noKeyHere)
  .transform((): undefined => undefined)
  .optional()
  .describe('Refused: keys are in the workers’ environment')

/** Forms of keys that are in use: prefixes of providers, and long runs as of hexadecimal digits or base 64. */
const keyForms: readonly RegExp[] = [
  /\b(?:sk|rk|pk)[-_](?=[\w-]*\d)[\w-]{20,}/,
  /\b(?:gsk_|pplx-|r8_|hf_|xai-|nvapi-|gh[opsu]_|AIza)[\w-]{20,}/,
  /\bBearer\s/,
  /(?<![0-9a-zA-Z])[0-9a-fA-F]{32,}(?![0-9a-zA-Z])/,
  /(?<![\w+])(?=[\w+]*\d)(?=[\w+]*[a-z])(?=[\w+]*[A-Z])[\w+]{32,}/,
]
const withoutKey = (text: string) => !keyForms.some((form) => form.test(text))

/** Names of hosts may look like keys, but are none. */
function hasKeyInPath(text: string): boolean {
  return !withoutKey(URL.canParse(text) ? new URL(text).pathname : text)
}

/** Upper case throughout, as names of variables are, and keys are not. */
const isUpperCase = (name: string) => /^[A-Z_][A-Z0-9_]*$/.test(name)

/** Not decided by zod's own checks, whose messages repeat what they refuse. */
function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '')
}

/** Equal for addresses that lead to the same place. */
export function plainAddress(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

const prices = z.strictObject({
  input: z.number().min(0).describe('Per million tokens that the model reads'),
  output: z.number().min(0).describe('Per million tokens that it writes'),
})

/** A model behind a chat-completions endpoint. */
export const endpointOptions = z.strictObject({
  kind: z.literal('endpoint'),
  baseUrl: z
    .string()
    .max(500)
    .refine((text) => !hasKeyInPath(text), noKeyHere)
    .refine(isBaseUrl, 'must be an http or https address without user, query and hash')
    .describe('Address before `/chat/completions`, e.g. `https://api.example.com/v1`; the operator must allow it'),
  model: z.string().min(1).max(200).refine(withoutKey, noKeyHere),
  apiKey: never,
  apiKeyVariable: z
    .string()
    .refine(
      (name) => (isUpperCase(name) || withoutKey(name)) && /^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name),
      `must be the name of a variable. ${noKeyHere}`,
    )
    .nullable()
    .default(null)
    .describe('Variable of the workers with the key; default: the one that the operator has set for the address'),
  temperature: z.number().min(0).max(2).nullable().default(0).describe('null: the model’s own'),
  maxTokens: count(100_000).default(200).describe('The longest answer; models that think need more'),
  limitField: z
    .enum(['max_tokens', 'max_completion_tokens'])
    .default('max_tokens')
    .describe('The request’s field for `maxTokens`: newer models only accept the second'),
  concurrency: count(64).default(4).describe('Requests at a time'),
  requestsPerMinute: positive.nullable().default(null),
  tokensPerMinute: positive.nullable().default(null),
  timeoutSeconds: count(290).default(60).describe('For one attempt'),
  prices: prices.nullable().default(null).describe('In any currency'),
  costLimit: positive
    .nullable()
    .default(null)
    .describe('Of one condition, at these prices: no request that could pass it is sent'),
})

/** As tasks have it. */
export const askedEndpoint = endpointOptions.omit({ apiKey: true })
export type EndpointOptions = z.infer<typeof askedEndpoint>
