import { execFile, spawn } from 'node:child_process'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Client } from '@goalpost/client'
import type { GateRunView } from '@goalpost/contracts'
import { createEmbedded, signal, waitUntil } from '../embedded.ts'
import type { SavedPolicy } from './rotting-policy.ts'

const program = path.resolve(import.meta.dirname, '../../apps/cli/bin/goalpost.mjs')

/** The service with its command line, for the tests of gates. */
export async function startGateService() {
  const embedded = createEmbedded({
    workers: 2,
    env: { GOALPOST_WEBHOOK_ALLOW: '127.0.0.1' },
  })
  const { client, service, apiKey } = await embedded.start()
  const access = { GOALPOST_URL: service.url, GOALPOST_API_KEY: apiKey }
  const env = { PATH: process.env['PATH'], HOME: embedded.folder, NO_COLOR: '1', ...access }

  return {
    client,
    databaseUrl: embedded.databaseUrl(),
    /** What a user types behind `goalpost`. */
    goalpost: (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
      new Promise((resolve) => {
        execFile(process.execPath, [program, ...args], { env, cwd: embedded.folder }, (error, out, err) => {
          resolve({ code: error === null ? 0 : Number(error.code), out, err })
        })
      }),
    /** Saves files in a folder that `models watch` watches, each after the one before has been registered. */
    async saveOneByOne(model: string, saved: readonly SavedPolicy[]): Promise<void> {
      const folder = path.join(embedded.folder, 'checkpoints')
      mkdirSync(folder)
      const args = [program, 'models', 'watch', folder, '--model', model, '--settle', '1s']
      const watching = spawn(process.execPath, args, { env, stdio: 'ignore' })
      for (const [index, policy] of saved.entries()) {
        saveWhole(folder, policy)
        await registered(client, { model, versions: index + 1 })
      }
      watching.kill('SIGINT')
    },
    /** SIGKILL for API and workers; the supervisor starts them again. */
    killPrograms(): number[] {
      const pids = ['api/src/main.ts', 'worker/src/main.ts'].flatMap((name) => embedded.pids(name))
      for (const pid of pids) signal(pid, 'SIGKILL')
      return pids
    },
    async stop(): Promise<void> {
      await embedded.stop()
      embedded.remove()
    },
  }
}

export type GateService = Awaited<ReturnType<typeof startGateService>>

/** It appears under its name only when it is complete. */
function saveWhole(folder: string, { step, bytes }: SavedPolicy): void {
  writeFileSync(path.join(folder, 'part'), bytes)
  renameSync(path.join(folder, 'part'), path.join(folder, `policy-${step}.onnx`))
}

async function registered(client: Client, { model, versions }: { model: string; versions: number }): Promise<void> {
  const isRegistered = async () => (await client.model(model).catch(() => null))?.versions === versions
  await waitUntil(`version ${versions} is registered`, isRegistered, 60_000, 200)
}

/** All runs of a gate, the oldest first. */
export async function runsOf(client: Client, gate: string): Promise<readonly GateRunView[]> {
  return (await client.gateRuns(gate, { limit: 100 })).items.toReversed()
}

/** The run when it has ended; a service that is down meanwhile is asked again. */
export async function endOf(client: Client, gate: string, id: string): Promise<GateRunView> {
  const read = () => client.gateRun(gate, id).catch(() => null)
  await waitUntil('the run has ended', async () => (await read())?.state === 'ended', 120_000, 500)
  return client.gateRun(gate, id)
}
