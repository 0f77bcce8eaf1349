import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@goalpost/client'
import { experimentSpec } from '@goalpost/contracts'
import { freePort, startPostgresServer } from '@goalpost/testing'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { manifests, services } from '../guards/manifests.ts'

/** The programs in a tree that they cannot write to, but for what the manifests of their containers mount. */
const opened = new AsyncDisposableStack()
afterAll(() => opened.disposeAsync())

const root = path.resolve(import.meta.dirname, '..')
const bare = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--die-with-parent']
const works = spawnSync('bwrap', [...bare, 'true']).status === 0

/** Folders that are writable in every manifest of this program. */
function writable(program: 'api' | 'worker'): string[] {
  const [container] = manifests.find(({ metadata }) => metadata.name === `goalpost-${program}`)!.spec.template!.spec
    .containers
  const mounted = container?.volumeMounts?.map(({ mountPath }) => mountPath) ?? []
  return mounted.filter((folder) => services[program]?.tmpfs?.includes(folder))
}

type Running = { readonly artifacts: string; readonly env: NodeJS.ProcessEnv }

function start(program: 'api' | 'worker', { artifacts, env }: Running): ChildProcess {
  const writes = writable(program).flatMap((folder) => ['--tmpfs', folder])
  // The repository may lie below one of these.
  const mounts = [...writes, '--ro-bind', root, root, '--bind', artifacts, artifacts]
  const args = [...bare, ...mounts, '--cap-drop', 'ALL', '--', process.execPath]
  const child = spawn('bwrap', [...args, path.join(root, `apps/${program}/src/main.ts`)], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  opened.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  })
  return child
}

async function startBoth() {
  const server = await startPostgresServer()
  opened.defer(() => server.close())
  const artifacts = await mkdtemp(path.join(tmpdir(), 'goalpost-artifacts-'))
  opened.defer(() => rm(artifacts, { recursive: true }))
  const port = await freePort()
  const apiKey = `gp_${'readonly'.repeat(5)}`
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: server.url('postgres'),
    ARTIFACTS_URL: pathToFileURL(artifacts).href,
    GOALPOST_BOOTSTRAP_KEY: apiKey,
    GOALPOST_LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: '/tmp/node-compile-cache',
    PORT: String(port),
  }
  for (const program of ['api', 'worker'] as const) start(program, { artifacts, env })
  return createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey })
}

test.each(['api', 'worker'] as const)(
  'the manifests of the %s leave it only a folder for what is lost with it',
  (program) => {
    expect(writable(program)).toEqual(['/tmp'])
  },
)

if (!works) process.stderr.write('Not tested for lack of bubblewrap: programs in a read-only tree\n')
else
  test('API and worker train, evaluate and report in a read-only tree', { timeout: 180_000 }, async () => {
    const client = await startBoth()
    await expect.poll(() => client.ready().catch(() => null), { timeout: 60_000 }).not.toBeNull()
    const smoke = experimentSpec.parse(parse(await readFile(path.join(root, 'examples/smoke.yaml'), 'utf8')))
    const spec = { ...smoke, seeds: 1, options: { ...smoke.options, steps: 2_048 }, grid: { alpha: [0] } }
    const { experiment } = await client.submit(spec, { idempotencyKey: 'once' })
    await expect
      .poll(async () => (await client.experiment(experiment.id)).state, { timeout: 120_000, interval: 250 })
      .toBe('succeeded')
    expect((await client.results(experiment.id)).status).toBe('final')
  })
