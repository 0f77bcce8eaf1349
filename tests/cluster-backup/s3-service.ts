import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { createClient, type Client } from '@goalpost/client'
import type { FileCheck } from '@goalpost/contracts'
import { freePort } from '@goalpost/testing'
import type { FakeS3 } from '../../packages/artifacts/test/fake-s3.ts'
import { waitUntil } from '../embedded.ts'
import { keepRunning, type Program } from '../soak/program.ts'

export type S3Service = {
  readonly client: Client
  /** Settings of its programs, for others that are to work on the same rows and files. */
  readonly environment: Readonly<Record<string, string>>
  readonly worker: Program
  stop(): Promise<void>
}

const apiKey = `gp_${'backup'.repeat(7)}`

/** An API and a worker with one slot over this database, with files in S3 and the queue in the database. */
export async function startS3Service(databaseUrl: string, s3: FakeS3): Promise<S3Service> {
  const environment = {
    DATABASE_URL: databaseUrl,
    ARTIFACTS_URL: artifactsUrlOf(s3),
    ...credentials,
    GOALPOST_LEASE_MS: '2000',
  }
  const port = String(await freePort())
  const api = keepRunning('apps/api/src/main.ts', { ...environment, PORT: port, GOALPOST_BOOTSTRAP_KEY: apiKey })
  const worker = keepRunning('apps/worker/src/main.ts', environment)
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey })
  const stop = async () => void (await Promise.all([api.stop(), worker.stop()]))
  try {
    await waitUntil(
      'the API is ready',
      () =>
        client.ready().then(
          () => true,
          () => false,
        ),
      120_000,
    )
  } catch (error) {
    await stop()
    throw new Error(api.tail(), { cause: error })
  }
  return { client, environment, worker, stop }
}

export const artifactsUrlOf = ({ endpoint }: FakeS3) =>
  `s3://bucket/goalpost?region=us-east-1&endpoint=${encodeURIComponent(endpoint)}`

/** The server in the tests takes any. */
export const credentials = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' }

/** What the program behind `goalpost backup` says about the rows and files of a service, and its exit code. */
export async function checkFiles(environment: Readonly<Record<string, string>>) {
  const program = path.resolve(import.meta.dirname, '../../apps/backup/src/main.ts')
  // The server of the files is in this process, so it must not wait for the program.
  const child = spawn(process.execPath, [program, 'check'], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>])
  return { exitCode, said: JSON.parse(output) as FileCheck & { readonly type: string } }
}
