import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError } from '@goalpost/contracts'
import type { JsonObject } from '@goalpost/contracts'
import type { PlannedTask, Protocol, ProtocolExecutors, TaskContext } from '@goalpost/experiments'

/**
 * A protocol for drills: its results are meaningless, and its options can make it misbehave. Training folds numbers
 * into a state, update by update, so that a lost, doubled or reordered update changes the result.
 */
export type DrillOptions = {
  readonly updates: number
  /** Time that one update keeps the CPU busy, the event loop included. */
  readonly updateMs: number
  readonly checkpointEvery: number
  /** Whether the first checkpoint is evaluated, which is short work. */
  readonly evaluated: boolean
  readonly behaviour: 'sound' | 'throws' | 'exits' | 'not-finite' | 'deaf' | 'fills-disk' | 'nothing' | 'speaks'
}

const soundly: DrillOptions = { updates: 20, updateMs: 1, checkpointEvery: 5, evaluated: false, behaviour: 'sound' }

export const drillProtocol: Protocol = {
  name: 'drill',
  version: '1',
  title: 'Drill',
  description: 'Counts',
  verdicts: [],
  optionsSchema: () => ({}),
  resolve: (options) => ({ ok: true, options: { ...soundly, ...options }, marks: [] }),
  plan: (options, seed): PlannedTask[] => [
    {
      key: 'train',
      kind: 'train',
      inputs: { ...options },
      versions: {},
      seed,
      needs: [],
      work: { unit: 'updates', amount: 1 },
      rank: 1,
    },
    ...(options['evaluated'] === true ? [evaluation(Number(options['checkpointEvery']), seed)] : []),
  ],
  advise: () => [],
  report: ({ experiment, conditions, artifacts }) => ({
    title: experiment,
    summary: `${conditions.flatMap(({ runs }) => runs).length} runs, ${artifacts.size} artifacts`,
    parts: [],
  }),
  compare: () => ({ title: '', summary: '', parts: [] }),
  catalog: () => [],
}

function evaluation(step: number, seed: number): PlannedTask {
  return {
    key: 'evaluate',
    kind: 'evaluate',
    inputs: {},
    versions: {},
    seed,
    needs: [{ key: 'train', when: { on: 'checkpoint', step } }],
    work: { unit: 'looks', amount: 1 },
    short: true,
    rank: 2,
  }
}

export const drillExecutors: ProtocolExecutors = { train, evaluate }

/** Reads the checkpoint and measures nothing. */
async function evaluate(context: TaskContext) {
  const [part] = context.assignment.dependencies[0]?.checkpoint?.parts ?? []
  if (part === undefined) throw new Error('There is no checkpoint')
  await context.artifacts.read(part.hash)
  return { measures: [{ name: 'bytes', labels: {}, value: part.bytes }], artifacts: [] }
}

async function train(context: TaskContext) {
  const options = { ...soundly, ...(context.assignment.inputs as JsonObject & Partial<DrillOptions>) }
  const { updates, updateMs, checkpointEvery, behaviour } = options
  const seed = context.assignment.seed ?? 0
  const { engine, threads, device } = context.assignment.resources
  context.usesEngine({ name: engine, build: 'drill', threads, device })
  let { step, state } = await startFrom(context, seed)
  while (step < updates) {
    spin(updateMs)
    state = (Math.imul(state, 1_664_525) + 1_013_904_223 + step) >>> 0
    step += 1
    context.progress({ done: step, total: updates, unit: 'updates' })
    context.series([{ series: 'state', labels: {}, x: step, value: state }])
    if (step === checkpointEvery) await misbehave(context, behaviour)
    const isPlanned = step % checkpointEvery === 0
    if (step < updates && (isPlanned || context.pauseRequested())) await saveCheckpoint(context, { step, state })
    await context.yieldToEventLoop()
  }
  if (behaviour === 'nothing') return { measures: [], artifacts: [] }
  const value = behaviour === 'not-finite' ? Number.NaN : state
  const final = await context.artifacts.write({ ...encode({ step, state }), name: 'state', evidence: true })
  return { measures: [{ name: 'state', labels: {}, value }], artifacts: [final] }
}

type Position = { readonly step: number; readonly state: number }

async function startFrom(context: TaskContext, seed: number): Promise<Position> {
  const [part] = context.assignment.resume?.parts ?? []
  if (part === undefined) return { step: 0, state: seed }
  context.log('info', `resuming at ${context.assignment.resume?.step}`)
  const position: Position = JSON.parse(new TextDecoder().decode(await context.artifacts.read(part.hash)))
  return position
}

async function saveCheckpoint(context: TaskContext, position: Position): Promise<void> {
  const part = await context.artifacts.write({ ...encode(position), name: 'position' })
  await context.checkpoint({ step: position.step, parts: [part] })
}

function encode(position: Position) {
  return { bytes: new TextEncoder().encode(JSON.stringify(position)), mediaType: 'application/json' }
}

async function misbehave(context: TaskContext, behaviour: DrillOptions['behaviour']): Promise<void> {
  if (behaviour === 'throws') throw new Error('the drill says so')
  if (behaviour === 'fills-disk') throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
  if (behaviour === 'exits') process.exit(7)
  if (behaviour === 'speaks') process.stderr.write('a library mumbles\n')
  // Yields to the event loop but never checks for a cancellation.
  while (behaviour === 'deaf') await delay(20)
  if (context.assignment.seed === 4_294_967_295)
    throw new GoalpostError('engine-unavailable', 'no engine for this seed')
}

function spin(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}
