import { createHash } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLaboratory, type Laboratory } from '../../apps/worker/test/laboratory.ts'

/**
 * A training is interrupted, and the files of its checkpoints are damaged before the next worker resumes it: it ends
 * with the hash of an undisturbed one, and its log names what was lost.
 */
const patience = { timeout: 90_000, interval: 200 }
/** Two seconds of work, four checkpoints. */
const lengthy = { updates: 200, updateMs: 10, checkpointEvery: 40 }

let laboratory: Laboratory
let undisturbedHash: string

beforeAll(async () => {
  laboratory = await openLaboratory()
  laboratory.startWorker()
  const experiment = await laboratory.submit(lengthy)
  undisturbedHash = await hashOf(experiment)
  await laboratory.stopWorkers()
})
afterEach(() => laboratory.stopWorkers())
afterAll(() => laboratory.close())

type Experiment = Awaited<ReturnType<Laboratory['submit']>>

async function hashOf(experiment: Experiment): Promise<string> {
  await vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)
  return (await experiment.view()).runs[0]!.resultHash!
}

/** A training whose worker was killed after some checkpoints; their files, the latest first. */
async function interrupted(): Promise<{ experiment: Experiment; files: string[]; steps: number[] }> {
  const experiment = await laboratory.submit(lengthy)
  const worker = laboratory.startWorker()
  await vi.waitFor(async () => expect((await experiment.checkpoints()).length).toBeGreaterThan(1), {
    ...patience,
    interval: 50,
  })
  worker.signal('SIGKILL')
  await worker.ended
  const checkpoints = (await experiment.checkpoints()).toSorted((one, other) => other.step - one.step)
  return {
    experiment,
    files: checkpoints.map(({ parts }) => fileOf(parts[0]!.hash)),
    steps: checkpoints.map(({ step }) => step),
  }
}

function fileOf(hash: string): string {
  return path.join(fileURLToPath(laboratory.artifactsUrl), hash.slice(0, 2), hash.slice(2))
}

async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file)
  bytes[bytes.length >> 1]! ^= 1
  await writeFile(file, bytes)
}

const contentHash = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

const messagesOf = async (experiment: Experiment) => (await experiment.logs()).map(({ message }) => message)

describe('a training that is resumed', () => {
  it.each([
    ['has one flipped bit', flipByte],
    ['is deleted', (file: string) => rm(file)],
  ])('continues from the checkpoint before if the latest %s', async (_, damage) => {
    const { experiment, files, steps } = await interrupted()
    await damage(files[0]!)
    laboratory.startWorker()
    expect(await hashOf(experiment)).toBe(undisturbedHash)
    const messages = await messagesOf(experiment)
    expect(messages).toContain(
      `The checkpoint at step ${steps[0]} is damaged or missing: continuing from the one at step ${steps[1]}`,
    )
    expect(messages).toContain(`resuming at ${steps[1]}`)
    const { attemptHistory } = await experiment.train()
    expect(attemptHistory.map(({ outcome, failure }) => failure?.code ?? outcome)).toEqual([
      'worker-lost',
      'artifact-missing',
      'artifact-missing',
      'succeeded',
    ])
  })

  it('starts again if all checkpoints are damaged', async () => {
    const { experiment, files } = await interrupted()
    for (const file of files) await flipByte(file)
    laboratory.startWorker()
    expect(await hashOf(experiment)).toBe(undisturbedHash)
    const messages = await messagesOf(experiment)
    expect(messages).toContainEqual(expect.stringMatching(/is damaged or missing: starting again$/))
    // What it computed again has replaced the damaged files.
    for (const file of files) expect(fileOf(await contentHash(file))).toBe(file)
  })

  it('waits for a folder that cannot be written to, and goes on', async () => {
    laboratory.startWorker()
    const longer = { ...lengthy, updates: 480 }
    const experiment = await laboratory.submit(longer)
    await vi.waitFor(async () => expect((await experiment.checkpoints()).length).toBeGreaterThan(1), patience)
    const incoming = path.join(fileURLToPath(laboratory.artifactsUrl), 'incoming')
    // Not by its rights, which do not stop root.
    await rename(incoming, `${incoming}-elsewhere`)
    await writeFile(incoming, '')
    const failures = async () => (await experiment.train()).attemptHistory.map(({ failure }) => failure?.code)
    await vi.waitFor(async () => expect(await failures()).toContain('unavailable'), patience)
    await rm(incoming)
    await rename(`${incoming}-elsewhere`, incoming)
    const hash = await hashOf(experiment)
    // Only now: its files would be there already, and none would have to be written.
    expect(await hashOf(await laboratory.submit(longer))).toBe(hash)
  })
})
