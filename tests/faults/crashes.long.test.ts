import { createArtifactStore } from '@goalpost/artifacts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLaboratory, type Laboratory } from '../../apps/worker/test/laboratory.ts'
import type { WorkerProcess } from '../../apps/worker/test/worker-process.ts'
import { openInvariants, type Invariants } from './invariants.ts'
import { startGateway, type Gateway, type Statement } from './statement-gateway.ts'

/**
 * SIGKILL at named points instead of random moments: the gateway sees a process reach a statement, and holds it there
 * until the process is dead. The programs know nothing of it.
 */
const patience = { timeout: 120_000, interval: 200 }
const drill = { updates: 60, updateMs: 5, checkpointEvery: 20, evaluated: true }

let laboratory: Laboratory
let gateway: Gateway
let invariants: Invariants
let url: string
let undisturbedHash: string
let worker: WorkerProcess

type Experiment = Awaited<ReturnType<Laboratory['submit']>>

beforeAll(async () => {
  laboratory = await openLaboratory()
  const direct = new URL(laboratory.databaseUrl)
  gateway = await startGateway({ host: direct.hostname, port: Number(direct.port) })
  direct.port = String(gateway.port)
  url = direct.href
  const artifacts = await createArtifactStore(laboratory.artifactsUrl)
  invariants = await openInvariants(laboratory.databaseUrl, (hash) => artifacts.read(hash))
  worker = startWorker()
  undisturbedHash = await hashOf(await laboratory.submit(drill))
})
afterAll(async () => {
  await laboratory.stopWorkers()
  await gateway.close()
  await invariants.close()
  await laboratory.close()
})

const startWorker = (environment: Record<string, string> = {}) =>
  laboratory.startWorker({ DATABASE_URL: url, ...environment })

async function hashOf(experiment: Experiment): Promise<string> {
  await vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)
  return (await experiment.view()).resultHash!
}

/** The commit of a transaction with such statements. */
const commitOf =
  (...statements: readonly RegExp[]) =>
  ({ sql, before }: Statement) =>
    sql === 'COMMIT' && statements.every((wanted) => before.some((one) => wanted.test(one)))

const points = {
  'by the control loops, with the job in the queue, before its dispatch is committed': {
    at: commitOf(/pg_try_advisory_xact_lock/, /UPDATE tasks/),
    moment: 'before',
  },
  'after its claim is committed, before it knows': { at: commitOf(/INSERT INTO attempts/), moment: 'after' },
  'with a checkpoint’s file written, before its row is committed': {
    at: commitOf(/INSERT INTO checkpoints/),
    moment: 'before',
  },
  'after the result is committed, before it knows': { at: commitOf(/INSERT INTO measures/), moment: 'after' },
} as const

async function expectUndisturbed(experiment: Experiment) {
  expect(await hashOf(experiment)).toBe(undisturbedHash)
  expect(await invariants.check('at rest')).toEqual([])
  const outcomes = (await experiment.train()).attemptHistory.map(({ outcome }) => outcome)
  expect(outcomes.filter((outcome) => outcome === 'succeeded')).toHaveLength(1)
}

describe('a worker killed', () => {
  it.each(Object.entries(points))('%s, is replaced by another, with an equal result', async (_, point) => {
    const struck = gateway.arm({ ...point, how: 'hold' })
    const experiment = await laboratory.submit(drill)
    await struck
    worker.signal('SIGKILL')
    await worker.ended
    worker = startWorker()
    await expectUndisturbed(experiment)
  })
})

describe('a trainer killed', () => {
  it('while its checkpoint hangs on a silent connection is replaced, with an equal result', async () => {
    const struck = gateway.arm({ at: commitOf(/INSERT INTO checkpoints/), moment: 'before', how: 'hold' })
    const experiment = await laboratory.submit(drill)
    await struck
    for (const pid of worker.trainerPids()) process.kill(pid, 'SIGKILL')
    await expectUndisturbed(experiment)
  })
})
