import { GoalpostError, type TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { implementTasks } from '@goalpost/protocol-kit'
import { ascendingOrder } from './ascending-order.ts'
import { evaluateBestOfN } from './best-of-n.ts'
import { drawPool } from './draw-pool.ts'
import { estimateTailIndex } from './hill-estimate.ts'
import { createMeasureRecord, type MeasureRecord } from './measure-record.ts'
import { workOf, type SampleInputs } from './plan.ts'
import type { RankedPool } from './policy-point.ts'
import { createProgressMeter } from './progress-meter.ts'
import { evaluateTailPolicy } from './tail-policy.ts'
import { tasks } from './tasks.ts'
import { tiltToBudget, type TiltedPoint } from './tilted-policy.ts'

export const executors = implementTasks(tasks, { sample })

type Sampling = {
  readonly inputs: SampleInputs
  readonly record: MeasureRecord
  readonly yieldToEventLoop: () => Promise<void>
  /** Called after each point of each curve. */
  readonly advance: () => Promise<void>
}

/** Draws one pool from the base policy and measures every policy of every curve on it. */
async function sample(context: TaskContext, inputs: SampleInputs): Promise<TaskResult> {
  const { seed } = context.assignment
  if (seed === null) throw new GoalpostError('internal', 'Sampling needs a seed')
  const meter = createProgressMeter(context, workOf(inputs))
  const yieldToEventLoop = () => context.yieldToEventLoop()
  const advance = () => {
    meter.advance(inputs.draws)
    return yieldToEventLoop()
  }
  const record = createMeasureRecord(context, inputs.draws)
  const sampling = { inputs, record, yieldToEventLoop, advance }

  const source = { seed, draws: inputs.draws, utilityScale: inputs.utility.scale, error: inputs.error }
  const pool = await drawPool(source, (drawn) => {
    meter.reach(drawn)
    return yieldToEventLoop()
  })
  const order = await ascendingOrder(pool.reward, yieldToEventLoop)
  await yieldToEventLoop()
  const reward = pick(pool.reward, order)
  await yieldToEventLoop()
  const ranked = { reward, utility: pick(pool.utility, order) }
  await yieldToEventLoop()
  await measureBestOfN(ranked, sampling)
  await measureTilted(ranked, sampling)
  await measureTail(ranked, sampling)
  await estimateTails(ranked.reward, pool.error, sampling)
  return { measures: [...record.measures], artifacts: [] }
}

async function measureBestOfN(pool: RankedPool, { inputs, record, advance }: Sampling): Promise<void> {
  record.addPoint('base', 1, evaluateBestOfN(pool, 1))
  for (const n of inputs.bestOfN) {
    record.addPoint('best-of-n', n, evaluateBestOfN(pool, n))
    await advance()
  }
}

async function measureTilted(pool: RankedPool, { inputs, record, yieldToEventLoop, advance }: Sampling): Promise<void> {
  let previous: TiltedPoint | undefined
  for (const budget of inputs.klBudgets) {
    // KL grows with β² while the tilt is small: a good first guess saves half of the passes over the pool.
    const start = previous && previous.beta * Math.sqrt(budget / previous.kl)
    const point = await tiltToBudget(pool, { budget, start }, yieldToEventLoop)
    previous = point
    record.addPoint('tilted', budget, point)
    await advance()
  }
}

async function measureTail(pool: RankedPool, { inputs, record, advance }: Sampling): Promise<void> {
  for (const depth of inputs.tail.depths) {
    record.addPoint('tail', depth, evaluateTailPolicy(pool, { depth, budget: inputs.tail.klBudget }))
    await advance()
  }
}

/** For the reward, the only one visible in practice, and for the error, visible only in a model like this one. */
async function estimateTails(
  rewards: Float64Array,
  error: Float64Array,
  { inputs, record, yieldToEventLoop }: Sampling,
): Promise<void> {
  const errors = pick(error, await ascendingOrder(error, yieldToEventLoop))
  await yieldToEventLoop()
  for (const fraction of inputs.hillFractions) {
    const count = Math.floor(fraction * inputs.draws)
    record.addTailIndex('reward', fraction, estimateTailIndex(rewards, count))
    record.addTailIndex('error', fraction, estimateTailIndex(errors, count))
    await yieldToEventLoop()
  }
}

function pick(values: Float64Array, indices: Uint32Array): Float64Array {
  const picked = new Float64Array(indices.length)
  for (let i = 0; i < indices.length; i++) picked[i] = values[indices[i]]
  return picked
}
