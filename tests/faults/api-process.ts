import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createClient, type Client } from '@goalpost/client'
import { freePort } from '@goalpost/testing'
import { vi } from 'vitest'

const main = fileURLToPath(new URL('../../apps/api/src/main.ts', import.meta.url))

export const apiKey = `gp_${'k'.repeat(40)}`

export type ApiProcess = {
  readonly port: number
  readonly client: Client
  signal(signal: NodeJS.Signals): void
  /** Resolves to exit code or signal. */
  readonly ended: Promise<number | NodeJS.Signals>
}

/** The API's program, configured by its environment; resolves when it is ready. */
export async function startApi(environment: Readonly<Record<string, string>>): Promise<ApiProcess> {
  const port = await freePort()
  const own = { GOALPOST_BOOTSTRAP_KEY: apiKey, GOALPOST_LOG_LEVEL: 'silent', PORT: String(port) }
  const env = { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...own, ...environment }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals)
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey })
  await vi.waitFor(() => client.ready(), { timeout: 60_000, interval: 50 })
  return { port, client, ended, signal: (signal) => void child.kill(signal) }
}
