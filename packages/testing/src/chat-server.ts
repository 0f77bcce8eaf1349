import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ChatMessage } from '@goalpost/contracts'

export type ReceivedRequest = {
  readonly headers: IncomingHttpHeaders
  readonly url: string
  readonly body: { readonly model: string; readonly messages: readonly ChatMessage[]; readonly [name: string]: unknown }
}

export const hangUp = Symbol('hang up')

/** What to send back. A text is a whole, well-formed answer. */
export type ServedReply =
  | string
  | {
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      /** JSON, or a text to send as it is. */
      readonly body: unknown
      readonly delayMs?: number
    }
  /** The connection is closed without an answer. */
  | typeof hangUp

/** A server that speaks the chat-completions format, or misbehaves as told. */
export type ChatServer = {
  readonly baseUrl: string
  readonly received: readonly ReceivedRequest[]
  close(): Promise<void>
}

export async function startChatServer(
  reply: (request: ReceivedRequest, index: number) => ServedReply,
): Promise<ChatServer> {
  const received: ReceivedRequest[] = []
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch(() => outgoing.destroy())
  })

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(incoming)) as ReceivedRequest['body']
    const request = { headers: incoming.headers, url: incoming.url ?? '', body }
    const index = received.push(request) - 1
    const served = reply(request, index)
    if (served === hangUp) return void outgoing.destroy()
    if (typeof served === 'string') return send(outgoing, { body: completionOf(served) })
    if (served.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, served.delayMs).unref())
    send(outgoing, served)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Sent = Exclude<ServedReply, string | typeof hangUp>

function send(outgoing: ServerResponse, { status = 200, headers = {}, body }: Sent): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
  outgoing.end(typeof body === 'string' ? body : JSON.stringify(body))
}

type Completion = { readonly finish?: string; readonly model?: string; readonly refusal?: string | null }

/** A chat completion with one choice. */
export function completionOf(
  content: string | null,
  { finish = 'stop', model = 'test-model-1', refusal = null }: Completion = {},
) {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model,
    system_fingerprint: 'fp_1',
    choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, refusal } }],
    usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 },
  }
}
