import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that is given secrets: it keeps what it was sent, and refuses in words that contain them. */
export async function startEcho(): Promise<{
  readonly url: string
  readonly received: string[]
  close(): Promise<void>
}> {
  const received: string[] = []
  const server = createServer((request, response) => {
    void readText(request).then((body) => {
      const sent = `${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`
      received.push(sent)
      const url = urlOf(server.address() as AddressInfo)
      if (request.url === '/.well-known/openid-configuration')
        return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(metadata(url)))
      const answer = JSON.stringify({
        error: 'invalid_client',
        error_description: `you sent ${sent}`.replaceAll('"', "'"),
      })
      return response.writeHead(401, { 'content-type': 'application/json' }).end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: urlOf(server.address() as AddressInfo),
    received,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const urlOf = ({ port }: AddressInfo) => `http://127.0.0.1:${port}`

/** Of a sign-in provider. */
const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic'],
})

async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
