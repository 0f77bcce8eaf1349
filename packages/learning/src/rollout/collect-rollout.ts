import type { EngineTensor } from '@goalpost/engine'
import type { Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import { logProbability, sampleAction } from '../acting/choose-action.ts'
import type { BoundNetwork, CompiledNetwork } from '../acting/compiled-network.ts'
import type { EpisodeMemory } from '../acting/episode-memory.ts'
import type { Reading } from '../networks/reading.ts'
import { createCutEpisodes, type CutEpisodes } from './cut-episodes.ts'
import { demonstrate, type Demonstrating } from './demonstration.ts'
import type { EpisodeLedger } from './episode-ledger.ts'
import { judgeActions, type Judging } from './judge-steps.ts'
import type { Rollout } from './rollout.ts'

export type Collector = {
  readonly rollout: Rollout
  readonly network: CompiledNetwork
  readonly reading: Reading
  /** The simulator's observations in the network's layout; the next call overwrites the array. */
  readonly read: (observations: Uint8Array) => Uint8Array
  /** Of the episodes in the simulator's slots; null if the network has none. */
  readonly memory: EpisodeMemory | null
  readonly simulator: Simulator<unknown>
  readonly ledger: EpisodeLedger
  /** Item (step counter, slot) of this stream determines the action of that slot in that step. */
  readonly actions: Stream
  readonly actionCount: number
  /** Null if the network's own actions are recorded. */
  readonly demonstrating: Demonstrating | null
  /** Null if rewards are the world's own. */
  readonly judging: Judging | null
  readonly bootstrapTruncated: boolean
  readonly yieldToEventLoop: () => Promise<void>
}

/** Steps between two yields: at batch 256 a step takes one or two milliseconds. */
const yieldSteps = 16

/**
 * Plays T steps in every slot with the given parameters. `firstStep` counts the steps of a slot since training began.
 */
export async function collectRollout(collector: Collector, parameters: EngineTensor, firstStep: number): Promise<void> {
  const network = await collector.network.bind(parameters, collector.memory)
  try {
    if (collector.memory !== null) collector.rollout.memory?.states.set((await collector.memory.save()).state)
    const cut = createCutEpisodes(collector)
    await playSteps(collector, { network, cut, firstStep })
    await cut.valueRest(network)
  } finally {
    network.dispose()
  }
}

type Playing = { readonly network: BoundNetwork; readonly cut: CutEpisodes; readonly firstStep: number }

async function playSteps(collector: Collector, { network, cut, firstStep }: Playing): Promise<void> {
  const { rollout, simulator, actionCount, demonstrating, judging } = collector
  const { batch } = simulator
  const chosen = new Uint8Array(batch)
  for (let step = 0; step * batch < rollout.actions.length; step++) {
    const output = await network.step(observe(collector, step))
    chooseActions(collector, { output, chosen, first: step * batch, counter: firstStep + step })
    if (demonstrating !== null) {
      const [recorded, first, counter] = [rollout.actions, step * batch, firstStep + step]
      demonstrate(demonstrating, { chosen, recorded, first, counter, actionCount })
    }
    const judged = judging === null ? null : judgeActions(judging, chosen, { counter: firstStep + step, actionCount })
    simulator.step(chosen)
    recordOutcome(collector, step * batch, judged)
    await cut.record(network, step * batch)
    collector.ledger.record()
    forgetFinished(collector)
    if (step % yieldSteps === yieldSteps - 1) await collector.yieldToEventLoop()
  }
  const output = await network.look(collector.read(simulator.observations))
  for (let slot = 0; slot < batch; slot++) rollout.lastValues[slot] = output[slot * (actionCount + 1) + actionCount]
}

/** Records the network's next observation. */
function observe({ rollout, read, simulator, memory }: Collector, step: number): Uint8Array {
  const rows = read(simulator.observations)
  rollout.observations.set(rows, step * rows.length)
  if (memory !== null) rollout.memory?.starts.set(memory.starts, step * simulator.batch)
  return rows
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

/** `judged` [batch] the judge's rewards, if there is a judge. */
function recordOutcome({ rollout, simulator, judging }: Collector, first: number, judged: Float32Array | null): void {
  const [rewards] = simulator.goalRewards
  if (judged === null) rollout.rewards.set(rewards, first)
  else
    rollout.rewards.set(
      judging?.outcome === true ? judged.map((reward, slot) => reward + rewards[slot]) : judged,
      first,
    )
  rollout.terminated.set(simulator.terminated, first)
  rollout.truncated.set(simulator.truncated, first)
}

function forgetFinished({ simulator, memory }: Collector): void {
  if (memory === null) return
  for (let slot = 0; slot < simulator.batch; slot++)
    if (simulator.terminated[slot] === 1 || simulator.truncated[slot] === 1) memory.begin(slot)
}
