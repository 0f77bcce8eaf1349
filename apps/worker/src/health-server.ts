import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'

export type HealthOptions = {
  readonly host: string
  readonly port: number
  /** Whether the database and the queue answered the last time. */
  readonly isReady: () => boolean
  readonly metrics: { metrics(): Promise<string>; readonly contentType: string }
}

export type HealthServer = { readonly port: number; close(): Promise<void> }

/** `/healthz`: liveness. `/readyz`: readiness. `/metrics`: Prometheus. Rejects if the port is in use. */
export async function startHealthServer({ host, port, isReady, metrics }: HealthOptions): Promise<HealthServer> {
  const pages: Readonly<Record<string, (response: ServerResponse) => Promise<void> | void>> = {
    '/healthz': (response) => sendStatus(response, true),
    '/readyz': (response) => sendStatus(response, isReady()),
    '/metrics': async (response) => {
      const text = await metrics.metrics()
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text)
    },
  }
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://localhost').pathname]
    if (page === undefined) return void response.writeHead(404).end()
    Promise.resolve(page(response)).catch(() => void response.writeHead(500).end())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function sendStatus(response: ServerResponse, ok: boolean): void {
  const body = JSON.stringify({ status: ok ? 'ok' : 'unavailable' })
  response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json' }).end(body)
}
