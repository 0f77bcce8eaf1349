import { createHash } from 'node:crypto'
import type { Report, TaskResult } from '@goalpost/contracts'
import { canonicalJson, type Evidence, type PlannedTask, type TaskContext } from '@goalpost/experiments'
import { defineProtocol, defineTask, implementTasks } from '@goalpost/protocol-kit'
import { z } from 'zod'

/**
 * A minimal protocol: `train` computes a hash per step, storing a checkpoint at each `every`, `evaluate`
 * reads the last one, a `baseline` is shared by all runs. Equal inputs give equal bytes, resumed or not.
 */
const options = z.strictObject({
  bias: z.number().default(0),
  steps: z.number().default(4),
  every: z.number().default(2),
  failAt: z.number().nullable().default(null).describe('Makes `train` fail at this step'),
})
export type ToyOptions = z.infer<typeof options>

const versions = () => ({ toy: '1' })
const tasks = {
  train: defineTask({ name: 'train', inputs: options, versions }),
  evaluate: defineTask({ name: 'evaluate', inputs: z.strictObject({ step: z.number() }), versions, short: true }),
  baseline: defineTask({ name: 'baseline', inputs: z.strictObject({ bias: z.number() }), versions, short: true }),
}

export const toyProtocol = defineProtocol({
  name: 'toy',
  version: '1',
  title: 'Toy',
  description: 'Counts and hashes',
  verdicts: [{ name: 'counted', meaning: 'It has counted' }],
  options,
  marks: ({ bias }) => (bias === 0 ? ['control'] : []),
  plan: planToy,
  advise: ({ bias }) => (bias === 0 ? ['A bias of 0 biases nothing'] : []),
  report: reportToy,
  compare: (arms) => ({ title: 'Toys', summary: `${arms.length} arms`, parts: [] }),
  catalog: () => [],
})

function planToy({ bias, steps, every, failAt }: ToyOptions, seed: number): readonly PlannedTask[] {
  const episode = { unit: 'episodes', amount: 1 }
  return [
    tasks.train.plan(
      { bias, steps, every, failAt },
      { key: 'train', seed, needs: [], work: { unit: 'steps', amount: steps }, rank: 0 },
    ),
    tasks.baseline.plan({ bias: 0 }, { key: 'baseline', seed: null, needs: [], work: episode, rank: 0 }),
    tasks.evaluate.plan(
      { step: every },
      {
        key: `evaluate@${every}`,
        seed,
        needs: [{ key: 'train', when: { on: 'checkpoint', step: every } }],
        work: episode,
        rank: 1,
      },
    ),
    tasks.evaluate.plan(
      { step: steps },
      {
        key: 'evaluate',
        seed,
        needs: [
          { key: 'train', when: { on: 'succeeded' } },
          { key: 'baseline', when: { on: 'succeeded' } },
        ],
        work: episode,
        rank: 2,
      },
    ),
  ]
}

export const toyExecutors = implementTasks(tasks, { train: trainToy, evaluate: evaluateToy, baseline: evaluateToy })

async function trainToy(context: TaskContext, { steps, every, failAt }: ToyOptions): Promise<TaskResult> {
  const { assignment, artifacts } = context
  const [part] = assignment.resume?.parts ?? []
  let state =
    part === undefined ? digest(canonicalJson([assignment.inputs, assignment.seed])) : await artifacts.read(part.hash)
  for (let step = (assignment.resume?.step ?? 0) + 1; step <= steps; step++) {
    await context.yieldToEventLoop()
    if (step === failAt) throw new Error(`Failed at step ${step}, as asked`)
    state = digest(state)
    context.progress({ done: step, total: steps, unit: 'steps' })
    context.series([{ series: 'fraction', labels: {}, x: step, value: fraction(state) }])
    if (step % every === 0 || step === steps || context.pauseRequested()) await keep(context, step, state)
  }
  return { measures: [{ name: 'fraction', labels: {}, value: fraction(state) }], artifacts: [] }
}

async function keep(context: TaskContext, step: number, bytes: Uint8Array): Promise<void> {
  const part = await context.artifacts.write({ name: 'state', bytes, mediaType: 'application/octet-stream' })
  await context.checkpoint({ step, parts: [part] })
}

async function evaluateToy({ assignment, artifacts, log, yieldToEventLoop }: TaskContext): Promise<TaskResult> {
  await yieldToEventLoop()
  const needed = assignment.dependencies.map(({ identity, result }) => [identity, result?.measures ?? []])
  const bytes = digest(canonicalJson([assignment.inputs, assignment.seed, needed]))
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
