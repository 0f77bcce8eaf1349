import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { ExperimentSummary, SessionView } from '@goalpost/contracts'

const dist = path.resolve(import.meta.dirname, '../../apps/dashboard/dist')
const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

const session: SessionView = {
  key: 'bench',
  workspace: 'bench',
  scope: 'manage',
  operator: false,
  expiresAt: '2099-01-01T00:00:00Z',
  csrfToken: 'none',
}

/**
 * The built dashboard, compressed as the API sends it, with a list of that many rows in one page: what is measured is the
 * browser's share. It listens on the address of this machine only.
 */
export async function serveDashboard(rows: number) {
  const list = JSON.stringify({
    items: Array.from({ length: rows }, (_, index) => experiment(index)),
    nextCursor: null,
  })
  const sent: Sent = { scriptBytes: 0 }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/v1/session') return sendJson(response, JSON.stringify(session))
    if (pathname === '/v1/experiments') return sendJson(response, list)
    if (pathname === '/v1/events') return openStream(response)
    if (pathname.startsWith('/v1/')) return void response.writeHead(503).end()
    void sendFile(response, pathname, sent)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, sent, close: () => void server.close().closeAllConnections() }
}

type Sent = { scriptBytes: number }

function sendJson(response: ServerResponse, body: string): void {
  response.setHeader('content-type', 'application/json').end(body)
}

/** A stream on which nothing happens: without one, the page would read its list again and again. */
function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: ready\ndata: {"id":0}\n\n')
}

async function sendFile(response: ServerResponse, pathname: string, sent: Sent): Promise<void> {
  const file = path.join(dist, pathname)
  const isFile = path.extname(pathname) !== '' && file.startsWith(dist) && existsSync(file)
  if (!isFile) {
    response.setHeader('content-type', 'text/html').end(await readFile(path.join(dist, 'index.html')))
    return
  }
  const isCompressed = existsSync(`${file}.br`)
  const bytes = await readFile(isCompressed ? `${file}.br` : file)
  if (file.endsWith('.js')) sent.scriptBytes += bytes.byteLength
  if (isCompressed) response.setHeader('content-encoding', 'br')
  response.setHeader('content-type', mediaTypes[path.extname(file)] ?? 'application/octet-stream').end(bytes)
}

/** Every seventh has more conditions than the others, so that its row is taller. */
function experiment(index: number): ExperimentSummary {
  const further = index % 7 === 0 ? ['alpha=0.001', 'alpha=0.01', 'alpha=0.1', 'alpha=0.2', 'alpha=0.5'] : []
  const at = new Date(Date.UTC(2026, 10, 30) - index * 60_000).toISOString()
  return {
    id: `019a0000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    name: `experiment ${index}`,
    protocol: 'rl-shift',
    state: 'succeeded',
    labels: { team: 'alignment' },
    priority: 0,
    conditions: 2 + further.length,
    seeds: 5,
    tasks: { blocked: 0, ready: 0, queued: 0, running: 0, succeeded: 40, failed: 0, cancelled: 0 },
    verdicts: ['alpha=0', ...further, 'alpha=1'].map((title) => verdict(title, title === 'alpha=1' ? 'good' : 'bad')),
    archivedAt: null,
    pausedAt: null,
    note: null,
    createdBy: 'ann',
    externalId: null,
    revision: 90,
    createdAt: at,
    updatedAt: at,
  }
}

function verdict(condition: string, tone: 'good' | 'bad'): ExperimentSummary['verdicts'][number] {
  const name = tone === 'good' ? 'aligned' : 'goal-misgeneralization'
  return {
    condition,
    title: condition,
    name,
    tone,
    goal: null,
    provisional: false,
    sentence: 'For a list.',
    agreeing: 5,
    total: 5,
  }
}
