import type { EngineTensor } from '@goalpost/engine'
import type { Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import { logProbability, sampleAction } from '../acting/choose-action.ts'
import type { BoundNetwork, CompiledNetwork } from '../acting/compiled-network.ts'
import type { ObservationCrop } from '../networks/observation-crop.ts'
import type { EpisodeLedger } from './episode-ledger.ts'
import type { Rollout } from './rollout.ts'

export type Collector = {
  readonly rollout: Rollout
  readonly network: CompiledNetwork
  readonly crop: ObservationCrop
  readonly simulator: Simulator<unknown>
  readonly ledger: EpisodeLedger
  /** Item (step counter, slot) of this stream decides the action of that slot in that step. */
  readonly actions: Stream
  readonly actionCount: number
  readonly bootstrapTruncated: boolean
  readonly breathe: () => Promise<void>
}

/** Steps between two breaths: a step at batch 256 takes one or two milliseconds. */
const breathSteps = 16

/** Plays T steps in every slot with the given parameters. `firstStep` counts the steps of a slot since training began. */
export async function collectRollout(collector: Collector, parameters: EngineTensor, firstStep: number): Promise<void> {
  const network = await collector.network.bind(parameters)
  try {
    const cut = await playSteps(collector, network, firstStep)
    await valueCutEpisodes(collector, network, cut)
  } finally {
    network.dispose()
  }
}

async function playSteps(collector: Collector, network: BoundNetwork, firstStep: number): Promise<CutEpisodes> {
  const { rollout, simulator, crop } = collector
  const batch = simulator.batch
  const inputs = new Float32Array(batch * crop.to)
  const chosen = new Uint8Array(batch)
  const cut: CutEpisodes = { samples: [], observations: [] }
  for (let step = 0; step * batch < rollout.actions.length; step++) {
    const output = await network.run(observe(collector, step, inputs))
    chooseActions(collector, { output, chosen, first: step * batch, counter: firstStep + step })
    simulator.step(chosen)
    recordOutcome(collector, step * batch, cut)
    collector.ledger.record()
    if (step % breathSteps === breathSteps - 1) await collector.breathe()
  }
  crop.copy(simulator.observations, batch, inputs, 0)
  copyValues(await network.run(inputs), collector.actionCount, rollout.lastValues)
  return cut
}

/** Observations after which the step limit cut an episode off, and the samples that they followed. */
type CutEpisodes = { readonly samples: number[]; readonly observations: Float32Array[] }

function observe({ rollout, simulator, crop }: Collector, step: number, inputs: Float32Array): Float32Array {
  const offset = step * inputs.length
  crop.copy(simulator.observations, simulator.batch, rollout.observations, offset)
  inputs.set(rollout.observations.subarray(offset, offset + inputs.length))
  return inputs
}

type Choice = {
  readonly output: Float32Array
  readonly chosen: Uint8Array
  readonly first: number
  readonly counter: number
}

function chooseActions(collector: Collector, { output, chosen, first, counter }: Choice): void {
  const { rollout, actions, actionCount } = collector
  for (let slot = 0; slot < chosen.length; slot++) {
    const offset = slot * (actionCount + 1)
    const action = sampleAction(output, offset, actionCount, actions.uniform(counter, slot))
    chosen[slot] = action
    rollout.actions[first + slot] = action
    rollout.logProbabilities[first + slot] = logProbability(output, offset, actionCount, action)
    rollout.values[first + slot] = output[offset + actionCount]
  }
}

function recordOutcome(
  { rollout, simulator, crop, bootstrapTruncated }: Collector,
  first: number,
  cut: CutEpisodes,
): void {
  rollout.rewards.set(simulator.rewards, first)
  rollout.terminated.set(simulator.terminated, first)
  rollout.truncated.set(simulator.truncated, first)
  if (!bootstrapTruncated) return
  for (let slot = 0; slot < simulator.batch; slot++) {
    if (simulator.truncated[slot] === 0 || simulator.terminated[slot] === 1) continue
    const last = new Float32Array(crop.to)
    crop.copy(simulator.observations.subarray(slot * crop.from, (slot + 1) * crop.from), 1, last, 0)
    cut.samples.push(first + slot)
    cut.observations.push(last)
  }
}

/** V of the last observations of cut-off episodes, evaluated in as many full batches as it takes. */
async function valueCutEpisodes(collector: Collector, network: BoundNetwork, cut: CutEpisodes): Promise<void> {
  const { crop, rollout, actionCount } = collector
  const inputs = new Float32Array(network.batch * crop.to)
  rollout.cutValues.fill(0)
  for (let from = 0; from < cut.samples.length; from += network.batch) {
    inputs.fill(0)
    const count = Math.min(network.batch, cut.samples.length - from)
    for (let i = 0; i < count; i++) inputs.set(cut.observations[from + i], i * crop.to)
    const output = await network.run(inputs)
    for (let i = 0; i < count; i++)
      rollout.cutValues[cut.samples[from + i]] = output[i * (actionCount + 1) + actionCount]
  }
}

function copyValues(output: Float32Array, actionCount: number, target: Float32Array): void {
  for (let slot = 0; slot < target.length; slot++) target[slot] = output[slot * (actionCount + 1) + actionCount]
}
