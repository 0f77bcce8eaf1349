import { createHash } from 'node:crypto'
import type { InputIssue, JsonObject, Report, TaskResult } from '@goalpost/contracts'
import {
  canonicalJson,
  type Evidence,
  type PlannedTask,
  type Protocol,
  type ProtocolExecutors,
  type TaskContext,
} from '@goalpost/experiments'

/**
 * A protocol without any science: `train` hashes its way through `steps`, leaving a checkpoint at each `every`, `evaluate`
 * reads the last one, a `baseline` is shared by all runs. Equal inputs give equal bytes, resumed or not.
 */
export type ToyOptions = {
  readonly bias: number
  readonly steps: number
  readonly every: number
  /** Makes `train` fail at this step. */
  readonly failAt: number | null
}

const defaults: ToyOptions = { bias: 0, steps: 4, every: 2, failAt: null }

export const toyProtocol: Protocol = {
  name: 'toy',
  version: '1',
  title: 'Toy',
  description: 'Counts and hashes',
  verdicts: [{ name: 'counted', meaning: 'It has counted' }],
  optionsSchema: () => ({ type: 'object' }),
  resolve(options) {
    const issues = checkOptions(options)
    if (issues.length > 0) return { ok: false, issues }
    return { ok: true, options: { ...defaults, ...options }, marks: options['bias'] === 0 ? ['control'] : [] }
  },
  plan: (options, seed) => planToy(options as ToyOptions & JsonObject, seed),
  advise: (options) => (options['bias'] === 0 ? ['A bias of 0 biases nothing'] : []),
  report: reportToy,
  compare: (arms) => ({ title: 'Toys', summary: `${arms.length} arms`, parts: [] }),
  catalogue: () => [],
}

function checkOptions(options: JsonObject): InputIssue[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (!Object.hasOwn(defaults, name)) return [{ pointer: `/${name}`, message: `unknown option \`${name}\`` }]
    const valid = typeof value === 'number' || (name === 'failAt' && value === null)
    return valid ? [] : [{ pointer: `/${name}`, message: 'must be a number' }]
  })
}

function planToy({ bias, steps, every, failAt }: ToyOptions, seed: number): readonly PlannedTask[] {
  const common = { versions: { toy: '1' }, rank: 0 }
  return [
    {
      ...common,
      key: 'train',
      kind: 'train',
      inputs: { bias, steps, every, failAt },
      seed,
      needs: [],
      work: { unit: 'steps', amount: steps },
    },
    {
      ...common,
      key: 'baseline',
      kind: 'evaluate',
      short: true,
      inputs: { bias: 0 },
      seed: null,
      needs: [],
      work: { unit: 'episodes', amount: 1 },
    },
    {
      ...common,
      key: `evaluate@${every}`,
      kind: 'evaluate',
      short: true,
      inputs: { step: every },
      seed,
      needs: [{ key: 'train', when: { on: 'checkpoint', step: every } }],
      work: { unit: 'episodes', amount: 1 },
      rank: 1,
    },
    {
      ...common,
      key: 'evaluate',
      kind: 'evaluate',
      short: true,
      inputs: { step: steps },
      seed,
      needs: [
        { key: 'train', when: { on: 'succeeded' } },
        { key: 'baseline', when: { on: 'succeeded' } },
      ],
      work: { unit: 'episodes', amount: 1 },
      rank: 2,
    },
  ]
}

export const toyExecutors: ProtocolExecutors = { train: trainToy, evaluate: evaluateToy }

async function trainToy(context: TaskContext): Promise<TaskResult> {
  const { assignment, artifacts } = context
  const { steps, every, failAt } = assignment.inputs as ToyOptions & JsonObject
  const [part] = assignment.resume?.parts ?? []
  let state =
    part === undefined ? digest(canonicalJson([assignment.inputs, assignment.seed])) : await artifacts.read(part.hash)
  for (let step = (assignment.resume?.step ?? 0) + 1; step <= steps; step++) {
    await context.breathe()
    if (step === failAt) throw new Error(`Failed at step ${step}, as asked`)
    state = digest(state)
    context.progress({ done: step, total: steps, unit: 'steps' })
    context.series([{ series: 'fraction', labels: {}, x: step, value: fraction(state) }])
    if (step % every === 0 || step === steps) await keep(context, step, state)
  }
  return { measures: [{ name: 'fraction', labels: {}, value: fraction(state) }], artifacts: [] }
}

async function keep(context: TaskContext, step: number, bytes: Uint8Array): Promise<void> {
  const part = await context.artifacts.write({ name: 'state', bytes, mediaType: 'application/octet-stream' })
  await context.checkpoint({ step, parts: [part] })
}

async function evaluateToy({ assignment, artifacts, log, breathe }: TaskContext): Promise<TaskResult> {
  await breathe()
  const needed = assignment.dependencies.map(({ identity, result }) => [identity, result?.measures ?? []])
  const bytes = digest(canonicalJson([assignment.inputs, assignment.seed, needed as never]))
  log('info', `Evaluated ${assignment.key}`)
  const outcome = await artifacts.write({
    name: 'outcome',
    bytes,
    mediaType: 'application/octet-stream',
    evidence: true,
  })
  return {
    measures: [{ name: 'score', labels: { suite: 'toy' }, value: fraction(bytes), count: 1 }],
    artifacts: [outcome],
  }
}

function reportToy({ conditions }: Evidence): Report {
  const runs = conditions.flatMap((condition) => condition.runs)
  const succeeded = runs.filter((run) => run.state === 'succeeded').length
  return { title: 'Toy', summary: `${succeeded} of ${runs.length} runs have counted`, parts: [] }
}

function digest(data: string | Uint8Array): Uint8Array {
  return createHash('sha256').update(data).digest()
}

/** The first 32 bits as a fraction of 2^32. */
function fraction(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / 2 ** 32
}
