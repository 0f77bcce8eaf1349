import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import { systemErrorCode } from '@goalpost/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Api } from './route-schemas.ts'

/** The one page of the dashboard, whose script shows all others. */
export type DashboardPage = { readonly html: string }

/** No inline scripts or styles, and nothing from elsewhere. Pictures in reports are `data:` addresses. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Shown if packages were installed with `--ignore-scripts`. */
const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Goalpost</title>
<h1>The API is running, but the dashboard is not built</h1>
<p>Build it, and restart the service: <code>npm run build -w @goalpost/dashboard</code></p>
<p><a href="/docs">API reference</a></p>
</html>
`

export async function readDashboardPage(folder: string): Promise<DashboardPage> {
  const html = await readFile(path.join(folder, 'index.html'), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return notBuilt
    throw error
  })
  return { html }
}

/** Its files have a hash of their contents in their names, so clients keep them. Compressed when they were built. */
export async function addDashboardFiles(app: Api, folder: string): Promise<void> {
  const root = path.join(folder, 'assets')
  await app.register(async (files) => {
    files.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' }
      route.schema = { ...route.schema, hide: true }
    })
    await files.register(fastifyStatic, {
      root,
      prefix: '/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
      index: false,
      suppressWarning: true,
    })
  })
}

export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || /^\/(v1|assets)(\/|$)/.test(url)) return false
  return acceptsPage(headers)
}

/** Browsers that open a page accept text/html explicitly; other programs accept anything. */
export function acceptsPage({ accept = '' }: { readonly accept?: string | undefined }): boolean {
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return type === 'text/html' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}

export function sendDashboard(reply: FastifyReply, { html }: DashboardPage): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', pagePolicy)
    .serializer((text: string) => text)
    .status(200)
    .send(html)
}
