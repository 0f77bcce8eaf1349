import type { Measure, TaskResult } from '@goalpost/contracts'
import type { Environment, ReferenceName } from '@goalpost/environments'
import type { TaskContext } from '@goalpost/experiments'
import { createStream, type Stream } from '@goalpost/random'
import { continuingReferences } from '../reference-names.ts'
import { measureSteps, stepMeasures, type StepSums } from '../continuing-world.ts'
import type { ContinuingReferenceInputs } from '../reference-task.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

const batch = 256

/** Plays the reference policies of a world that is never reset, and measures them per step. */
export async function playContinuingReferences(
  context: TaskContext,
  { anchors }: ContinuingReferenceInputs,
): Promise<TaskResult> {
  const environment = environmentOf(anchors.environment)
  const table = environment.measures(environment.parameters.parse(anchors.parameters))
  const measures: Measure[] = []
  for (const [index, policy] of continuingReferences.entries()) {
    const sums = await playStreams(environment, anchors, { policy, yieldToEventLoop: context.yieldToEventLoop })
    const labels = { policy }
    measures.push(
      { name: 'reward per step', labels, value: sums.reward / sums.steps, count: sums.steps },
      { name: 'proxy reward per step', labels, value: sums.proxyReward / sums.steps, count: sums.steps },
      ...stepMeasures(table).map((measure) => ({
        name: measure.name,
        labels,
        value: measureSteps(table, measure, sums),
      })),
    )
    context.progress({ done: index + 1, total: continuingReferences.length, unit: 'reference policies' })
  }
  return { measures, artifacts: [] }
}

type Playing = { readonly policy: ReferenceName; readonly yieldToEventLoop: () => Promise<void> }

async function playStreams(
  environment: Environment,
  anchors: ContinuingReferenceInputs['anchors'],
  { policy, yieldToEventLoop }: Playing,
): Promise<StepSums> {
  const parameters = environment.parameters.parse(anchors.parameters)
  const stream = createStream(anchors.seed).named('never-ending')
  const sums = { steps: 0, reward: 0, proxyReward: 0, counters: environment.measures(parameters).counters.map(() => 0) }
  const source = environment.distributions.find(({ name }) => name === anchors.distribution)
  if (source === undefined) throw new RangeError(`There is no distribution ${anchors.distribution}`)
  for (let first = 0; first < anchors.streams; first += batch) {
    const levels = Array.from({ length: Math.min(batch, anchors.streams - first) }, (_, i) =>
      source.sample(parameters, stream.named('levels').at(first + i)),
    )
    const simulator = environment.createSimulator(parameters, levels.length)
    levels.forEach((level, i) => simulator.reset(i, level, stream.named('seeds').word(first + i)))
    const reference = environment.createReference(policy, parameters, simulator, (index) => levels[index])
    const uniform = stepUniform(stream.named(policy), first)
    const actions = new Uint8Array(levels.length)
    for (let step = 0; step < anchors.stepsPerStream; step++) {
      reference.act(actions, uniform(step))
      simulator.step(actions)
      for (const reward of simulator.goalRewards[0]) sums.reward += reward
      for (const reward of simulator.goalRewards[1]) sums.proxyReward += reward
    }
    sums.steps += levels.length * anchors.stepsPerStream
    for (const [i, value] of simulator.counters.entries()) sums.counters[i % sums.counters.length] += value
    await yieldToEventLoop()
  }
  return sums
}

const stepUniform = (stream: Stream, first: number) => (step: number) => (index: number) =>
  stream.uniform(step, first + index)
