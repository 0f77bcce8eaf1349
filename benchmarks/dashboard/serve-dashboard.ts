import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { thinSteps } from '../../apps/api/src/routes/results/thin-steps.ts'
import { curveExperiment, curveResults, experiment, session } from './stub-data.ts'

/** As many as the dashboard asks for. */
const readSteps = 500

const dist = path.resolve(import.meta.dirname, '../../apps/dashboard/dist')
const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/**
 * The built dashboard, compressed as the API sends it, with a list of that many rows in one page, or an experiment that was
 * evaluated at that many steps: what is measured is the browser's share. It listens on the address of this machine only.
 */
export async function serveDashboard({ rows = 0, steps = 0 }: { readonly rows?: number; readonly steps?: number }) {
  const list = JSON.stringify({
    items: Array.from({ length: rows }, (_, index) => experiment(index)),
    nextCursor: null,
  })
  const answers: Readonly<Record<string, string>> = {
    '/v1/session': JSON.stringify(session),
    '/v1/experiments': list,
    [`/v1/experiments/${curveExperiment.id}`]: JSON.stringify(curveExperiment),
    [`/v1/experiments/${curveExperiment.id}/results`]: JSON.stringify(thinSteps(curveResults(steps), readSteps)),
  }
  const sent: Sent = { scriptBytes: 0, messages: 0 }
  const streams = new Set<ServerResponse>()
  const painted = Promise.withResolvers<number>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const answer = answers[pathname]
    if (answer !== undefined) return void response.setHeader('content-type', 'application/json').end(answer)
    if (pathname === '/painted') return void text(request).then((ms) => painted.resolve(Number(ms)))
    if (pathname.endsWith('/events')) return openStream(response, streams)
    if (pathname.startsWith('/v1/')) return void response.writeHead(503).end()
    void sendFile(response, pathname, sent)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    /** When a page says that it has been painted, as it says. */
    painted: painted.promise,
    /** A message for every open stream. */
    send(event: string, data: unknown, id?: number): void {
      sent.messages++
      const lines = [...(id === undefined ? [] : [`id: ${id}`]), `event: ${event}`, `data: ${JSON.stringify(data)}`]
      for (const stream of streams) stream.write(`${lines.join('\n')}\n\n`)
    },
    close: () => server.close().closeAllConnections(),
  }
}

export type StubService = Awaited<ReturnType<typeof serveDashboard>>

type Sent = { scriptBytes: number; messages: number }

/** A stream on which only happens what is sent: without one, the page would read its list again and again. */
function openStream(response: ServerResponse, streams: Set<ServerResponse>): void {
  streams.add(response)
  response.on('close', () => streams.delete(response))
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: ready\ndata: {"id":0}\n\n')
}

async function sendFile(response: ServerResponse, pathname: string, sent: Sent): Promise<void> {
  const file = path.join(dist, pathname)
  const isFile = path.extname(pathname) !== '' && file.startsWith(dist) && existsSync(file)
  if (!isFile) {
    // As in the API: where no code may be made of strings, schemas are checked in another way.
    response.setHeader('content-security-policy', "script-src 'self'")
    response.setHeader('content-type', 'text/html').end(await readFile(path.join(dist, 'index.html')))
    return
  }
  const isCompressed = existsSync(`${file}.br`)
  const bytes = await readFile(isCompressed ? `${file}.br` : file)
  if (file.endsWith('.js')) sent.scriptBytes += bytes.byteLength
  if (isCompressed) response.setHeader('content-encoding', 'br')
  response.setHeader('content-type', mediaTypes[path.extname(file)] ?? 'application/octet-stream').end(bytes)
}
