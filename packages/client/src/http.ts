import { csrfHeader, GoalpostError, problem, type ErrorCode } from '@goalpost/contracts'
import type { z } from 'zod'

export type ClientOptions = {
  /** Where the API listens, e.g. `http://127.0.0.1:4700`. */
  readonly baseUrl: string
  /** Without it, requests count on the session cookie that a browser sends by itself. */
  readonly apiKey?: string
  /** The session's token, without which it changes nothing. Not needed with a key. */
  readonly csrfToken?: () => string | undefined
  /** Default: the platform's. */
  readonly fetch?: typeof fetch
}

/** Strings, numbers and booleans; undefined values are left out. */
export type Query = Readonly<Record<string, unknown>>

export type HttpRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Query
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** A string is sent as YAML, bytes as they are, anything else as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal
}

export type Http = {
  /** Any response below 400, or 304. Rejects with a GoalpostError: `unavailable` if there is no response. */
  send(request: HttpRequest): Promise<Response>
  /** The same, with the body read and checked. */
  read<Schema extends z.ZodType>(request: HttpRequest, schema: Schema): Promise<z.output<Schema>>
  /** The same, with the response's status. */
  readWithStatus<Schema extends z.ZodType>(
    request: HttpRequest,
    schema: Schema,
  ): Promise<{ status: number; value: z.output<Schema> }>
  /**
   * Like `read`, for polling: keeps the last value of an address with its ETag, and returns that value when the API
   * answers that nothing has changed.
   */
  poll<Schema extends z.ZodType>(request: HttpRequest, schema: Schema): Promise<z.output<Schema>>
}

const rememberedPolls = 100

export function createHttp(options: ClientOptions): Http {
  const remembered = new Map<string, { etag: string; value: unknown }>()
  const send = (request: HttpRequest): Promise<Response> => exchange(options, request)
  return {
    send,
    async read(request, schema) {
      return parseBody(await send(request), schema)
    },
    async readWithStatus(request, schema) {
      const response = await send(request)
      return { status: response.status, value: await parseBody(response, schema) }
    },
    async poll(request, schema) {
      const address = addressOf(options.baseUrl, request).href
      const known = remembered.get(address)
      const response = await send({ ...request, headers: { ...request.headers, 'if-none-match': known?.etag } })
      // The kept value was checked with the same schema.
      if (response.status === 304 && known !== undefined) return known.value as never
      const value = await parseBody(response, schema)
      const etag = response.headers.get('etag')
      remembered.delete(address)
      if (etag !== null) remembered.set(address, { etag, value })
      const [oldest] = remembered.keys()
      if (remembered.size > rememberedPolls && oldest !== undefined) remembered.delete(oldest)
      return value
    },
  }
}

async function exchange(
  { baseUrl, apiKey, csrfToken, fetch: send = fetch }: ClientOptions,
  request: HttpRequest,
): Promise<Response> {
  const url = addressOf(baseUrl, request)
  const body = encodeBody(request.body)
  const { method = 'GET' } = request
  const headers = definedOnly({
    authorization: apiKey === undefined ? undefined : `Bearer ${apiKey}`,
    [csrfHeader]: method === 'GET' ? undefined : csrfToken?.(),
    'content-type': body?.type,
    ...request.headers,
  })
  const init: RequestInit = {
    method,
    headers,
    body: body?.content ?? null,
    signal: request.signal ?? null,
  }
  const response = await send(url, init).catch((cause: unknown) => {
    if (request.signal?.aborted === true) throw cause
    throw new GoalpostError('unavailable', `No answer from ${url.origin}: is Goalpost running there?`, { cause })
  })
  if (response.status >= 400) throw await readProblem(response)
  return response
}

function addressOf(baseUrl: string, { path, query = {} }: HttpRequest): URL {
  // A base such as https://lab.example/goalpost keeps its own path.
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, queryText(name, value))
  return url
}

function queryText(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new TypeError(`The query parameter ${name} has no text form`)
}

function encodeBody(body: unknown): { type: string; content: string | Uint8Array<ArrayBuffer> } | null {
  if (body === undefined) return null
  if (typeof body === 'string') return { type: 'application/yaml', content: body }
  if (body instanceof Uint8Array) return { type: 'application/octet-stream', content: new Uint8Array(body) }
  return { type: 'application/json', content: JSON.stringify(body, refuseNonFinite) }
}

/** JSON would turn them into null, and the API would then reject a null that the caller never sent. */
function refuseNonFinite(name: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  throw new GoalpostError('invalid-request', `\`${name}\` must be a finite number, but is ${value}`)
}

function definedOnly(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

async function parseBody<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.output<Schema>> {
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new GoalpostError('unavailable', `The response from ${response.url} is incomplete or not JSON`, { cause })
  })
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const detail = `The response from ${response.url} does not match this client: do client and service have the same version?`
  throw new GoalpostError('internal', detail, { cause: parsed.error })
}

/** Proxies send bodies of their own: then the status has to do. */
async function readProblem(response: Response): Promise<GoalpostError> {
  const body: unknown = await response.json().catch(() => null)
  const parsed = problem.safeParse(body)
  if (parsed.success)
    return new GoalpostError(parsed.data.code, parsed.data.detail, { issues: parsed.data.issues ?? [] })
  return new GoalpostError(
    codeOf(response.status),
    `${response.url} answers ${response.status} ${response.statusText}`.trim(),
  )
}

function codeOf(status: number): ErrorCode {
  if (status === 401) return 'invalid-key'
  if (status === 403) return 'insufficient-scope'
  if (status === 404) return 'not-found'
  if (status === 413) return 'body-too-large'
  if (status === 429) return 'too-many-requests'
  if (status >= 500) return 'unavailable'
  return 'invalid-request'
}
