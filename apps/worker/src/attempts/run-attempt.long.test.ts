import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Checkpoint } from '@goalpost/contracts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { assignDrill, createScriptedLedger } from '../../test/scripted-ledger.ts'
import { createTrainerPool } from '../trainer-pool/trainer-pool.ts'
import type { TrainerPool } from '../trainer-pool/trainer-pool.ts'
import { startTrainer } from '../trainer-pool/trainer-process.ts'
import type { TrainerProcess } from '../trainer-pool/trainer-process.ts'
import { createManifests } from '../manifest.ts'
import { runAttempt } from './run-attempt.ts'

const patience = { timeout: 20_000, interval: 5 }
const entry = fileURLToPath(new URL('../../test/drill-trainer.ts', import.meta.url))

describe('runAttempt', () => {
  let folder: string
  let trainers: TrainerPool
  let started: TrainerProcess[]
  let shutdown: AbortController
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goalpost-attempt-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  beforeEach(() => {
    started = []
    shutdown = new AbortController()
    trainers = createTrainerPool(() => {
      const trainer = startTrainer({ entry, artifactsUrl: pathToFileURL(folder).href })
      started.push(trainer)
      return trainer
    })
  })
  afterEach(async () => {
    await trainers.close()
    expect(started.filter((trainer) => trainer.isAlive())).toEqual([])
  })

  type Setting = { leaseMs?: number; cancelGraceMs?: number; silenceMs?: number; resume?: Checkpoint }
  function attempt(
    inputs: Record<string, string | number> = {},
    { leaseMs = 5_000, cancelGraceMs = 5_000, silenceMs = 60_000, resume }: Setting = {},
  ) {
    const scripted = createScriptedLedger()
    const { ledger } = scripted
    const describeRun = createManifests('test', [])
    const limits = { leaseMs, cancelGraceMs, silenceMs }
    const meter = { progressed: () => undefined, ended: () => undefined, stored: () => undefined }
    const dependencies = {
      ledger,
      trainers,
      describe: describeRun,
      salt: null,
      meter,
      trace: null,
      ...limits,
      shutdown: shutdown.signal,
    }
    return { ...scripted, outcome: runAttempt(assignDrill(inputs, resume), dependencies) }
  }
  /** Long enough to be interrupted, short enough to finish. */
  // Uninterrupted it takes over a minute and a half, so a bound of ten seconds proves an interruption.
  const lengthy = { updates: 100_000, updateMs: 1, checkpointEvery: 20 }
  const checkpointed = (told: { checkpoints: unknown[] }) =>
    vi.waitFor(() => expect(told.checkpoints.length).toBeGreaterThan(0), patience)

  it('stores everything that the trainer reports, then completes with its result', async () => {
    const { outcome, told } = attempt({ updates: 20, checkpointEvery: 5 })
    expect(await outcome).toBe('succeeded')
    expect(told.points.map(({ x }) => x)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(told.checkpoints.map(({ step }) => step)).toEqual([5, 10, 15])
    expect(told.result?.measures).toMatchObject([{ name: 'state' }])
    expect(told.calls.at(-1)).toBe('complete')
  })

  it('names in the manifest the opened engine, and not the requested one', async () => {
    const { outcome, told } = attempt({ updates: 5 })
    expect(await outcome).toBe('succeeded')
    expect(told.manifest?.engine).toMatchObject({ name: 'tfjs:wasm', build: 'drill', provider: 'wasm', threads: 1 })
  })

  it('stores the series of a checkpoint before the checkpoint, and the trainer waits for it', async () => {
    const { outcome, told } = attempt({ updates: 12, checkpointEvery: 5 })
    await outcome
    const calls = told.calls.filter((call) => call === 'series' || call === 'checkpoint')
    // On a busy machine points may arrive in several batches.
    expect(calls.filter((call, index) => call !== calls[index - 1])).toEqual([
      'series',
      'checkpoint',
      'series',
      'checkpoint',
      'series',
    ])
  })

  it('gives the same result from a checkpoint as from the start', async () => {
    const undisturbed = attempt({ updates: 20, checkpointEvery: 5 })
    await undisturbed.outcome
    const resumed = attempt({ updates: 20, checkpointEvery: 5 }, { resume: undisturbed.told.checkpoints[1]! })
    await resumed.outcome
    expect(resumed.told.points[0]?.x).toBe(11)
    expect(resumed.told.result).toEqual(undisturbed.told.result)
  })

  it('reuses a trainer that ended its task', async () => {
    await attempt().outcome
    await attempt().outcome
    expect(started).toHaveLength(1)
  })

  it.each([
    ['throws', 'task-failed', 'the drill says so'],
    ['fills-disk', 'storage-full', 'no space'],
    ['not-finite', 'not-finite', 'A number in result at /measures/0/value is NaN'],
    ['nothing', 'task-failed', 'ended without a result'],
    ['exits', 'trainer-crashed', 'exit code 7'],
  ])('fails the attempt of a trainer that %s as %s, and uses a new one', async (behaviour, code, message) => {
    const { outcome, told } = attempt({ behaviour })
    expect(await outcome).toBe('failed')
    expect(told.failure).toEqual({ code, message: expect.stringContaining(message) })
    expect(await attempt().outcome).toBe('succeeded')
    expect(started).toHaveLength(2)
  })

  it('fails as trainer-crashed when the trainer is killed, naming the signal', async () => {
    const { outcome, told } = attempt(lengthy)
    await checkpointed(told)
    process.kill(started[0]!.pid!, 'SIGKILL')
    expect(await outcome).toBe('failed')
    expect(told.failure).toEqual({ code: 'trainer-crashed', message: 'The trainer process was killed by SIGKILL' })
  })

  it('stores the output of libraries as log lines', async () => {
    const { outcome, told } = attempt({ behaviour: 'speaks' })
    await outcome
    expect(told.logs).toContain('a library mumbles')
  })

  it('stops the trainer at its next yield when the task was cancelled', async () => {
    const { outcome, told, script } = attempt(lengthy, { leaseMs: 3_000 })
    await checkpointed(told)
    const cancelledAt = performance.now()
    script.cancelRequested = true
    expect(await outcome).toBe('cancelled')
    expect(told.released).toBe('cancelled')
    expect(performance.now() - cancelledAt).toBeLessThan(10_000)
  })

  it('has the trainer save a checkpoint and gives the task back when it is paused', async () => {
    const { outcome, told, script } = attempt(lengthy, { leaseMs: 3_000 })
    await checkpointed(told)
    const before = told.checkpoints.length
    script.pauseRequested = true
    expect(await outcome).toBe('cancelled')
    expect(told.released).toBe('cancelled')
    expect(told.checkpoints.length).toBeGreaterThan(before)
    expect(told.logs.at(-1)).toMatch(/^Paused after/)
  })

  it('kills a trainer that ignores a cancellation', async () => {
    const { outcome, script } = attempt({ behaviour: 'deaf' }, { leaseMs: 3_000, cancelGraceMs: 100 })
    script.cancelRequested = true
    expect(await outcome).toBe('cancelled')
    expect(started[0]!.isAlive()).toBe(false)
  })

  it('kills the trainer and writes nothing more once another attempt has taken over', async () => {
    const { outcome, told, script } = attempt(lengthy)
    await checkpointed(told)
    script.trouble = 'stale'
    expect(await outcome).toBe('lost')
    expect(started[0]!.isAlive()).toBe(false)
    expect(told.calls).not.toContain('release')
    expect(told.failure).toBeNull()
  })

  it('continues during a database outage shorter than a lease, and loses nothing', async () => {
    const { outcome, told, script } = attempt({ updates: 300, updateMs: 1, checkpointEvery: 50 }, { leaseMs: 3_000 })
    await checkpointed(told)
    script.trouble = 'away'
    const before = told.calls.length
    await vi.waitFor(() => expect(told.calls.length).toBeGreaterThan(before + 2), patience)
    script.trouble = null
    expect(await outcome).toBe('succeeded')
    expect(new Set(told.points.map(({ x }) => x)).size).toBe(300)
  })

  it('kills the trainer in a database outage longer than the lease', async () => {
    const { outcome, told, script } = attempt(lengthy, { leaseMs: 500 })
    await checkpointed(told)
    script.trouble = 'away'
    const awaySince = performance.now()
    expect(await outcome).toBe('lost')
    expect(performance.now() - awaySince).toBeLessThan(10_000)
    expect(started[0]!.isAlive()).toBe(false)
  })

  it('fails rather than completing without its series, if only those cannot be stored', async () => {
    const { outcome, told, script } = attempt({ updates: 10, checkpointEvery: 20 }, { leaseMs: 300 })
    script.trouble = 'away'
    script.onlyFor = 'series'
    expect(await outcome).toBe('failed')
    expect(told.failure?.code).toBe('unavailable')
    expect(told.result).toBeNull()
  })

  it.each(['complete', 'series'])(
    'fails through the task’s fault if the database permanently refuses its %s',
    async (call) => {
      const { outcome, told, script } = attempt({ updates: 10, checkpointEvery: 20 }, { leaseMs: 300 })
      script.trouble = 'refuses'
      script.onlyFor = call
      expect(await outcome).toBe('failed')
      expect(told.failure).toEqual({
        code: 'task-failed',
        message: expect.stringContaining('rejected a statement'),
      })
    },
  )

  it('fails at once if the ledger refuses a result with a reason', async () => {
    const { outcome, told, script } = attempt({ updates: 10, checkpointEvery: 20 }, { leaseMs: 60_000 })
    script.trouble = 'objects'
    script.onlyFor = 'complete'
    expect(await outcome).toBe('failed')
    expect(told.failure).toEqual({ code: 'task-failed', message: expect.stringContaining('two values') })
    expect(told.calls.filter((call) => call === 'complete')).toHaveLength(1)
  })

  it('kills a trainer that was silent for too long, through the task’s fault', async () => {
    const { outcome, told } = attempt({ behaviour: 'deaf' }, { silenceMs: 1_000 })
    expect(await outcome).toBe('failed')
    expect(told.failure).toEqual({ code: 'task-failed', message: 'The trainer reported nothing for 1 s' })
    expect(started[0]!.isAlive()).toBe(false)
  })

  it('lets a trainer run while it reports', async () => {
    // Longer than the limit in total; the limit leaves a busy machine time to start a process.
    const { outcome } = attempt({ updates: 100, updateMs: 70, checkpointEvery: 200 }, { silenceMs: 5_000 })
    expect(await outcome).toBe('succeeded')
  })

  it('returns the task within seconds when the worker shuts down', async () => {
    const { outcome, told } = attempt(lengthy)
    await checkpointed(told)
    const at = performance.now()
    shutdown.abort()
    expect(await outcome).toBe('released')
    expect(told.released).toBe('shutdown')
    expect(performance.now() - at).toBeLessThan(10_000)
  })
})
