import { randomUUID } from 'node:crypto'
import type { Assignment, Dependency, FromTrainer, TaskResult, ToTrainer } from '@goalpost/contracts'
import type { Protocol, ProtocolExecutors, TaskContext } from '@goalpost/experiments'
import { noTracer } from '@goalpost/telemetry/tracing'
import { createMemoryArtifacts, toyProtocol } from '@goalpost/testing'
import { describe, expect, it, vi } from 'vitest'
import { serveTrainer } from './serve-trainer.ts'

const patience = { timeout: 5_000, interval: 2 }
const someResult: TaskResult = { measures: [{ name: 'score', labels: {}, value: 1 }], artifacts: [] }

/** A trainer in this process, and the parent's end of its channel. */
function serve(executors: ProtocolExecutors, protocol: Protocol = toyProtocol) {
  const sent: FromTrainer[] = []
  const logged: string[] = []
  const artifacts = createMemoryArtifacts()
  let deliver: (message: unknown) => void = () => undefined
  let orphan: () => void = () => undefined
  const onOrphaned = vi.fn<() => void>()
  serveTrainer({
    tracer: noTracer,
    parent: {
      send: (message) => void (message.type === 'log' ? logged.push(message.message) : sent.push(message)),
      onMessage: (listener) => void (deliver = listener),
      onGone: (listener) => void (orphan = listener),
    },
    artifacts,
    hostedModels: { connect: () => Promise.reject(new Error('none')) },
    protocols: new Map([[protocol.name, protocol]]),
    loadExecutors: async () => executors,
    onOrphaned,
  })
  const types = () => sent.map(({ type }) => type)
  return {
    sent,
    logged,
    artifacts,
    onOrphaned,
    orphan: () => orphan(),
    tell: (message: ToTrainer) => deliver(message),
    ended: () => vi.waitFor(() => expect(types().filter((type) => type === 'ready')).toHaveLength(2), patience),
  }
}

function assign(change: Partial<Assignment> = {}): Assignment {
  return {
    taskId: randomUUID(),
    protocol: 'toy',
    key: 'train',
    kind: 'train',
    seed: 1,
    inputs: {},
    resources: { engine: 'tfjs:wasm', threads: 1, device: 'cpu' },
    dependencies: [],
    resume: null,
    ...change,
  }
}

describe('serveTrainer', () => {
  it('reports ready, executes the assigned task, and is ready again', async () => {
    const trainer = serve({ train: async () => someResult })
    trainer.tell({ type: 'start', assignment: assign() })
    await trainer.ended()
    expect(trainer.sent).toEqual([{ type: 'ready' }, { type: 'done', result: someResult }, { type: 'ready' }])
  })

  it('logs start, checkpoints and end of a task that logs nothing', async () => {
    const part = { name: 'p', hash: 'a'.repeat(64), bytes: 1, mediaType: 'x/y', evidence: false }
    const trainer = serve({
      train: async (context) => (await context.checkpoint({ step: 5, parts: [part] }), someResult),
    })
    trainer.tell({ type: 'start', assignment: assign() })
    await vi.waitFor(() => expect(trainer.sent.at(-1)?.type).toBe('checkpoint'), patience)
    trainer.tell({ type: 'acknowledge', step: 5 })
    await trainer.ended()
    expect(trainer.logged).toEqual([
      expect.stringMatching(/^Started: train/),
      'Stored the checkpoint at 5',
      expect.stringMatching(/^Finished after/),
    ])
  })

  it('gives the executor the salt of its start message, and not that of an earlier task', async () => {
    const seen: (string | null)[] = []
    const train = async ({ salt }: TaskContext) => {
      seen.push(salt)
      return someResult
    }
    const trainer = serve({ train })
    trainer.tell({ type: 'start', assignment: assign(), salt: 'a secret' })
    await trainer.ended()
    trainer.tell({ type: 'start', assignment: assign() })
    await vi.waitFor(() => expect(seen).toEqual(['a secret', null]), patience)
    expect(JSON.stringify(trainer.sent)).not.toContain('a secret')
  })

  it('lets the executor continue only once its checkpoint was acknowledged', async () => {
    const steps: string[] = []
    const part = { name: 'p', hash: 'a'.repeat(64), bytes: 1, mediaType: 'x/y', evidence: false }
    const trainer = serve({
      async train(context) {
        await context.checkpoint({ step: 5, parts: [part] })
        steps.push('stored')
        return someResult
      },
    })
    trainer.tell({ type: 'start', assignment: assign() })
    await vi.waitFor(() => expect(trainer.sent.at(-1)?.type).toBe('checkpoint'), patience)
    trainer.tell({ type: 'acknowledge', step: 4 })
    await new Promise((resolve) => setImmediate(resolve))
    expect(steps).toEqual([])
    trainer.tell({ type: 'acknowledge', step: 5 })
    await trainer.ended()
    expect(steps).toEqual(['stored'])
  })

  it.each<[string, (context: TaskContext) => Promise<unknown>]>([
    [
      'at its next yield',
      async (context) => {
        for (;;) await context.yieldToEventLoop()
      },
    ],
    [
      'while it waits for a checkpoint',
      (context) =>
        context.checkpoint({
          step: 1,
          parts: [{ name: 'p', hash: 'a'.repeat(64), bytes: 1, mediaType: 'x/y', evidence: false }],
        }),
    ],
  ])('ends a cancelled task %s', async (_, wait) => {
    const trainer = serve({ train: (context) => wait(context).then(() => someResult) })
    trainer.tell({ type: 'start', assignment: assign() })
    await new Promise((resolve) => setImmediate(resolve))
    trainer.tell({ type: 'cancel' })
    await trainer.ended()
    expect(trainer.sent).toContainEqual(expect.objectContaining({ type: 'failed', code: 'experiment-cancelled' }))
  })

  it('ends a paused task once its next checkpoint is stored, and says so', async () => {
    const steps: string[] = []
    const trainer = serve({
      train: async (context) => {
        while (!context.pauseRequested()) await context.yieldToEventLoop()
        const parts = [{ name: 'p', hash: 'a'.repeat(64), bytes: 1, mediaType: 'x/y', evidence: false }]
        const stored = context.checkpoint({ step: 5, parts })
        await stored.catch((error: unknown) => {
          steps.push('ended')
          throw error
        })
        return someResult
      },
    })
    trainer.tell({ type: 'start', assignment: assign() })
    await new Promise((resolve) => setImmediate(resolve))
    trainer.tell({ type: 'pause' })
    await vi.waitFor(() => expect(trainer.sent.at(-1)?.type).toBe('checkpoint'), patience)
    expect(steps).toEqual([])
    trainer.tell({ type: 'acknowledge', step: 5 })
    await trainer.ended()
    expect(steps).toEqual(['ended'])
    expect(trainer.sent).toContainEqual(expect.objectContaining({ type: 'failed', code: 'experiment-cancelled' }))
    expect(trainer.logged.at(-1)).toMatch(/^Paused after/)
  })

  it.each([
    ['series', (context: TaskContext) => context.series([{ series: 's', labels: {}, x: 1, value: Number.NaN }])],
    ['progress', (context: TaskContext) => context.progress({ done: Number.POSITIVE_INFINITY, total: 1, unit: 'u' })],
  ])('fails as not-finite a task that reports a number in its %s that is not', async (_, report) => {
    const trainer = serve({ train: async (context) => (report(context), someResult) })
    trainer.tell({ type: 'start', assignment: assign() })
    await trainer.ended()
    expect(trainer.sent).toContainEqual(expect.objectContaining({ type: 'failed', code: 'not-finite' }))
  })

  it('keeps the code of an error from any package', async () => {
    const error = Object.assign(new Error('no such engine'), { code: 'engine-unavailable' })
    const trainer = serve({ train: () => Promise.reject(error) })
    trainer.tell({ type: 'start', assignment: assign() })
    await trainer.ended()
    expect(trainer.sent).toContainEqual(
      expect.objectContaining({ type: 'failed', code: 'engine-unavailable', message: 'no such engine' }),
    )
  })

  it('fails a kind of task that its protocol cannot execute', async () => {
    const trainer = serve({})
    trainer.tell({ type: 'start', assignment: assign({ kind: 'evaluate' }) })
    await trainer.ended()
    expect(trainer.sent).toContainEqual(expect.objectContaining({ type: 'failed', code: 'task-failed' }))
  })

  it('ends when its parent has ended', () => {
    const trainer = serve({})
    trainer.orphan()
    expect(trainer.onOrphaned).toHaveBeenCalledOnce()
  })
})

describe('the analysis', () => {
  const inputs = {
    experiment: 'night run',
    conditions: [
      {
        name: 'a',
        options: { bias: 0 },
        marks: [],
        runs: [
          { seed: 1, tasks: [{ key: 'train', kind: 'train', identity: 'one' }] },
          { seed: 2, tasks: [{ key: 'train', kind: 'train', identity: 'two' }] },
        ],
      },
    ],
  }
  const need = (identity: string, result: TaskResult | null): Dependency => ({
    key: identity,
    identity,
    inputs: {},
    state: result === null ? 'failed' : 'succeeded',
    result,
    checkpoint: null,
  })

  it('gives the protocol the succeeded tasks, with the bytes of evidence and no others', async () => {
    const report = vi.fn<Protocol['report']>(() => ({ title: 'T', summary: 'S', parts: [] }))
    const trainer = serve({}, { ...toyProtocol, report })
    const store = (byte: number, needed: boolean) =>
      trainer.artifacts.write({ name: 'a', bytes: new Uint8Array([byte]), mediaType: 'x/y', evidence: needed })
    const evidence = await store(1, true)
    const other = await store(2, false)
    const dependencies = [need('one', { measures: [], artifacts: [evidence, other] }), need('two', null)]
    trainer.tell({ type: 'start', assignment: assign({ kind: 'analyse', seed: null, inputs, dependencies }) })
    await trainer.ended()
    const [given] = report.mock.calls[0]!
    expect(given.experiment).toBe('night run')
    expect(given.conditions[0]!.runs.map(({ state }) => state)).toEqual(['succeeded', 'failed'])
    expect([...given.artifacts].map(([hash, bytes]) => [hash, ...bytes])).toEqual([[evidence.hash, 1]])
    expect(trainer.sent).toContainEqual({
      type: 'done',
      result: { measures: [], artifacts: [], report: { title: 'T', summary: 'S', parts: [] } },
    })
  })

  it('fails as artifact-missing if evidence is lost, so that it is recomputed', async () => {
    const trainer = serve({})
    const gone = { name: 'e', mediaType: 'x/y', evidence: true, hash: 'b'.repeat(64), bytes: 1 }
    const dependencies = [need('one', { measures: [], artifacts: [gone] }), need('two', null)]
    trainer.tell({ type: 'start', assignment: assign({ kind: 'analyse', seed: null, inputs, dependencies }) })
    await trainer.ended()
    expect(trainer.sent).toContainEqual(
      expect.objectContaining({ type: 'failed', code: 'artifact-missing', missing: [gone.hash] }),
    )
  })
})
