import type { ChatRequest } from '@goalpost/contracts'

/** One attempt. Resolves to what the endpoint sent, with any status; rejects without an answer. */
export type Send = (request: ChatRequest, signal: AbortSignal) => Promise<Sent>

export type Sent = {
  readonly status: number
  readonly headers: Pick<Headers, 'get'>
  /** Null if it is longer than any answer. */
  readonly text: string | null
}

type Connection = { readonly baseUrl: string; readonly key: string | null; readonly timeoutMs: number }

const mostBytes = 16 * 1024 * 1024

/**
 * A sender of plain requests: clients of providers take headers, keys and addresses from variables of their own, and send
 * them to every address. No redirect is followed, as an allowed address must not lead to one that is not.
 */
export function openSender({ baseUrl, key, timeoutMs }: Connection): Send {
  const headers = new Headers({
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'goalpost',
  })
  if (key !== null) headers.set('authorization', `Bearer ${key}`)
  return async (request, signal) => {
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      headers,
      body: JSON.stringify(bodyOf(request)),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    return { status: response.status, headers: response.headers, text: await readText(response) }
  }
}

async function readText({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    // Leaving the loop closes the connection.
    if (bytes > mostBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The request as it is sent. */
function bodyOf({ model, messages, temperature, maxTokens, limitField }: ChatRequest) {
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(temperature === null ? {} : { temperature }),
    [limitField]: maxTokens,
  }
}
