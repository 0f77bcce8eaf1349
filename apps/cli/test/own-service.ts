import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serviceFile } from '@goalpost/contracts'

export const program = fileURLToPath(new URL('../bin/goalpost.mjs', import.meta.url))

export type Ran = { readonly code: number; readonly out: string; readonly err: string }

/** A service in its own folder, and the command, as a user has them. */
export type OwnService = {
  readonly folder: string
  readonly data: string
  readonly url: string
  /** Runs the command without any relevant variables of our own environment. */
  goalpost(args: readonly string[], env?: Record<string, string>): Promise<Ran>
  stop(): Promise<void>
}

export async function startOwnService(): Promise<OwnService> {
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-cli-'))
  await chmod(folder, 0o755)
  const data = join(folder, 'data')
  const own = { PATH: process.env.PATH, HOME: folder, GOALPOST_DATA: data }
  const service = spawn(process.execPath, [program, 'up', '--port=0', '--workers=2', '--json'], {
    env: own,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(service, 'exit')
  const [line] = await once(service.stdout, 'data')
  return {
    folder,
    data,
    url: serviceFile.parse(JSON.parse(String(line))).url,
    goalpost: (args, env = {}) =>
      new Promise((resolve) => {
        const options = { env: { ...own, NO_COLOR: '1', ...env }, cwd: folder, maxBuffer: 1e8 }
        execFile(process.execPath, [program, ...args], options, (error, out, err) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err })
        })
      }),
    async stop() {
      service.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
