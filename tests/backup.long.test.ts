import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ExperimentView } from '@goalpost/contracts'
import type { Client } from '@goalpost/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmbedded, signal, waitUntil, type Embedded } from './embedded.ts'

const spec = {
  apiVersion: 'goalpost/v1',
  protocol: 'rl-shift',
  name: 'backed-up',
  seeds: 1,
  fresh: true,
  options: {
    environment: 'corner',
    parameters: { size: 5, maxSteps: 32, discount: 0.99 },
    steps: 160_000,
    network: { kind: 'mlp', crop: 1 },
    ppo: { environments: 64, rolloutSteps: 32 },
    evaluation: { checkpoints: 4, curveLevels: 64 },
    suites: [
      { name: 'in-distribution', role: 'in-distribution', distribution: 'training', levels: 64 },
      { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64 },
    ],
  },
}

const place = mkdtempSync(path.join(tmpdir(), 'goalpost-backup-'))
const backup = path.join(place, 'backup')
const running: Embedded[] = []
let original: Embedded
let apiKey: string
let finished: ExperimentView
let interruptedId: string

function open(folder: string): Embedded {
  const embedded = createEmbedded({ workers: 1, folder, env: { GOALPOST_LEASE_MS: '2000' } })
  running.push(embedded)
  return embedded
}

function goalpost(...args: string[]) {
  const cli = path.resolve(import.meta.dirname, '../apps/cli/bin/goalpost.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

async function completed(client: Client, id: string): Promise<ExperimentView> {
  await waitUntil(
    'the experiment has ended',
    async () => ['succeeded', 'failed'].includes((await client.experiment(id)).state),
    280_000,
  )
  return client.experiment(id)
}

/** One to continue from: the first is saved before the first step. */
async function hasCheckpoint(client: Client, id: string): Promise<boolean> {
  const { items } = await client.checkpoints({ experimentId: id, limit: 10 })
  return items.some(({ step }) => step > 0)
}

/** A first experiment that has ended, and a backup in the middle of a second one. */
beforeAll(async () => {
  original = open(path.join(place, 'original'))
  const { client, apiKey: key } = await original.start()
  apiKey = key
  finished = await completed(client, (await client.submit(spec)).experiment.id)
  interruptedId = (await client.submit(spec)).experiment.id
  await waitUntil('the second training has a checkpoint', () => hasCheckpoint(client, interruptedId))
  // Or it could end before the backup.
  for (const pid of original.pids('trainer-process/main.ts')) signal(pid, 'SIGSTOP')
  const done = goalpost('backup', backup, '--data', original.folder)
  expect(done, done.stderr).toMatchObject({ status: 0, stdout: expect.stringContaining('each checked by its hash') })
  await original.killEverything()
  original.remove()
}, 600_000)

afterAll(async () => {
  for (const embedded of running) await embedded.stop()
  rmSync(place, { recursive: true, force: true })
}, 60_000)

test('a restored service has the same results and keys, and continues what was running, to the same hash', async () => {
  const target = path.join(place, 'restored')
  const restoredAt = Date.now()
  const done = goalpost('restore', backup, '--data', target)
  expect(done, done.stderr).toMatchObject({ status: 0 })

  const service = await open(target).start()
  expect(service.apiKey).toBe(apiKey)
  expect(await service.client.experiment(finished.id)).toEqual(finished)

  const continued = await completed(service.client, interruptedId)
  expect([continued.state, continued.resultHash]).toEqual(['succeeded', finished.resultHash])
  const training = continued.runs[0]!.tasks.find(({ key }) => key === 'train')!
  expect(training.attempts).toBeGreaterThan(1)
  // The checkpoints of the original are kept, and the training continued from the last one.
  const { items } = await service.client.checkpoints({ experimentId: interruptedId, limit: 10 })
  const kept = items.filter(({ createdAt }) => Date.parse(createdAt) < restoredAt).map(({ step }) => step)
  expect(Math.max(...kept)).toBeGreaterThan(0)
  const logged = (await service.client.logs(training.id, { limit: 100 })).items.map(({ message }) => message)
  expect(logged).toContainEqual(
    expect.stringContaining(`Resumed from the checkpoint at ${Math.max(...kept).toLocaleString('en-US')}`),
  )
}, 600_000)

test('a folder that holds anything is refused, for a backup and for restoring, and stays as it is', () => {
  const before = readdirSync(backup)
  const again = goalpost('restore', backup, '--data', backup)
  expect(again).toMatchObject({ status: 5, stderr: expect.stringMatching(/is not empty.*new data folder.*--data/s) })
  expect(readdirSync(backup)).toEqual(before)
  const nothing = goalpost('backup', path.join(place, 'new'), '--data', path.join(place, 'nowhere'))
  expect(nothing).toMatchObject({ status: 3, stderr: expect.stringMatching(/no service in .*nowhere.*--data/s) })
  const half = goalpost('restore', place, '--data', path.join(place, 'half'))
  expect(half).toMatchObject({ status: 2, stderr: expect.stringContaining('it has no backup.json') })
})

test('one flipped bit in a file of the backup is found before anything is restored', () => {
  const files = readdirSync(path.join(backup, 'artifacts'), { recursive: true, withFileTypes: true })
  const file = files.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))[0]!
  const bytes = readFileSync(file)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(file, bytes)
  const target = path.join(place, 'from-damaged')
  const done = goalpost('restore', backup, '--data', target)
  expect(done).toMatchObject({ status: 5 })
  expect(done.stderr).toContain('The backup is damaged')
  expect(done.stderr).toContain(path.relative(backup, file))
  expect(readdirSync(target)).toEqual([])
})
