import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient, type Client } from '@goalpost/client'
import { freePort } from '@goalpost/testing'
import { waitUntil } from '../../tests/embedded.ts'

export type ApiProgram = {
  readonly pid: number
  readonly origin: string
  readonly client: Client
  readonly headers: Readonly<Record<string, string>>
  /** What a worker needs to serve the same installation. */
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

const root = path.resolve(import.meta.dirname, '../..')
const main = path.join(root, 'apps/api/src/main.ts')
const apiKey = `gp_${'benchmark'.repeat(4)}`

/** The program of the API with its settings in production, but for its limits; resolves when it is ready. */
export async function startApiProgram(databaseUrl: string): Promise<ApiProgram> {
  const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-benchmark-'))
  const port = await freePort()
  const environment = {
    DATABASE_URL: databaseUrl,
    ARTIFACTS_URL: pathToFileURL(path.join(folder, 'artifacts')).href,
    GOALPOST_LOG_LEVEL: 'error',
    NODE_ENV: 'production',
    // As in the images: Node has not to remove types at each start.
    NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
  }
  const own = {
    PORT: String(port),
    GOALPOST_BOOTSTRAP_KEY: apiKey,
    GOALPOST_REQUESTS_PER_MINUTE: '10000000',
    NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '',
  }
  const env = { PATH: process.env['PATH'], ...environment, ...own }
  const origin = `http://127.0.0.1:${port}`
  const client = createClient({ baseUrl: origin, apiKey })
  const start = async () => {
    const started = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    await waitUntil('the API is ready', async () => (await client.ready().catch(() => null)) !== null, 60_000, 100)
    return started
  }
  // The first start fills the cache, which is written at the end.
  await end(await start(), 'SIGINT')
  const child = await start()
  return {
    pid: child.pid ?? 0,
    origin,
    client,
    headers: { authorization: `Bearer ${apiKey}` },
    environment,
    async stop() {
      await end(child, 'SIGKILL')
      await rm(folder, { recursive: true, maxRetries: 20, retryDelay: 250 })
    },
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
