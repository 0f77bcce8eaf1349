import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

/**
 * A receiver of webhooks, as a process of its own. It is sent the secret of each path, and tells its parent the messages
 * whose signature is right; all others are answered with 401.
 */
const secrets = new Map<string, string>()

process.on('message', ({ path, secret }: { path: string; secret: string }) => secrets.set(path, secret))
process.on('disconnect', () => process.exit())

const server = createServer((request, response) => {
  void receive(request).then((status) => response.writeHead(status).end())
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))

async function receive(request: IncomingMessage): Promise<number> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const path = request.url ?? ''
  const headers = request.headers as Record<string, string>
  try {
    const { type, data } = new Webhook(secrets.get(path) ?? '').verify(body, headers) as Record<string, unknown>
    process.send?.({ path, id: headers['webhook-id'], type, data })
    return 204
  } catch {
    process.send?.({ path, refused: true })
    return 401
  }
}
