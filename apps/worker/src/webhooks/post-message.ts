import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { refuseAddress, type AllowedRanges, type AttemptOutcome } from '@goalpost/experiments'
import { guardedLookup, type Resolve } from './guarded-lookup.ts'

export type Message = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type PostSettings = {
  readonly allowed: AllowedRanges
  readonly timeoutMs: number
  /** Default: the system's. */
  readonly resolve?: Resolve
}

/** Never rejects. Connects directly, follows no redirect, and each request has a connection of its own. */
export async function postMessage(message: Message, settings: PostSettings): Promise<AttemptOutcome> {
  const url = new URL(message.url)
  // A connection to a literal address looks nothing up. Brackets of IPv6 are not part of it.
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const refused = isIP(host) === 0 ? null : refuseAddress(host, settings.allowed)
  if (refused !== null) return { status: null, error: `not sent: ${refused}` }
  try {
    const { statusCode: status = 0 } = await exchange(url, message, settings)
    return { status, error: explainStatus(status) }
  } catch (error) {
    const timedOut = error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { status: null, error: timedOut ? `no answer within ${settings.timeoutMs / 1_000} s` : explain(error) }
  }
}

/** Resolves when the status is there; the rest of the answer is not read. */
function exchange(url: URL, { headers, body }: Message, { allowed, timeoutMs, resolve }: PostSettings) {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise<IncomingMessage>((settle, fail) => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      lookup: guardedLookup(allowed, resolve),
      // Also limits the look-up and the TLS handshake.
      signal: AbortSignal.timeout(timeoutMs),
    })
    sent.on('error', fail)
    sent.on('response', (response) => {
      settle(response)
      response.destroy()
    })
    sent.end(body)
  })
}

function explainStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return `the endpoint answered ${status}: redirects are not followed`
  return `the endpoint answered ${status}`
}

function explain(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(explain).join('; ')
  return error instanceof Error ? error.message : String(error)
}
