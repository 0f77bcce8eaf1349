import type { BoundNetwork } from '../acting/compiled-network.ts'
import type { Collector } from './collect-rollout.ts'

/** Values episodes that the step limit has cut off, for `rollout.cutValues`. */
export type CutEpisodes = {
  /** Reads the simulator's last step, that of samples `first` …, before its slots are reset. */
  record(network: BoundNetwork, first: number): Promise<void>
  /** Values the postponed ones. */
  valueRest(network: BoundNetwork): Promise<void>
}

type Given = Pick<Collector, 'rollout' | 'reading' | 'simulator' | 'memory' | 'actionCount' | 'bootstrapTruncated'>

export function createCutEpisodes(given: Given): CutEpisodes {
  given.rollout.cutValues.fill(0)
  if (!given.bootstrapTruncated) return { record: async () => {}, valueRest: async () => {} }
  return given.memory === null ? valuedTogether(given) : valuedAtOnce(given)
}

/** A network without memory can value last observations later, in full batches. */
function valuedTogether({ rollout, reading, simulator, actionCount }: Given): CutEpisodes {
  const { length } = reading
  const stride = simulator.observations.length / simulator.batch
  const samples: number[] = []
  const observations: Uint8Array[] = []
  return {
    async record(_network, first) {
      for (const slot of cutSlots(simulator)) {
        samples.push(first + slot)
        const row = new Uint8Array(length)
        reading.write(simulator.observations.subarray(slot * stride, (slot + 1) * stride), 1, row, 0)
        observations.push(row)
      }
    },
    async valueRest(network) {
      const inputs = new Uint8Array(network.batch * length)
      for (let from = 0; from < samples.length; from += network.batch) {
        inputs.fill(0)
        const count = Math.min(network.batch, samples.length - from)
        for (let i = 0; i < count; i++) inputs.set(observations[from + i], i * length)
        const output = await network.look(inputs)
        for (let i = 0; i < count; i++)
          rollout.cutValues[samples[from + i]] = output[i * (actionCount + 1) + actionCount]
      }
    },
  }
}

/** The network's memory of an episode is available only now. */
function valuedAtOnce({ rollout, reading, simulator, actionCount }: Given): CutEpisodes {
  const rows = new Uint8Array(simulator.batch * reading.length)
  return {
    async record(network, first) {
      const slots = cutSlots(simulator)
      if (slots.length === 0) return
      reading.write(simulator.observations, simulator.batch, rows, 0)
      const output = await network.look(rows)
      for (const slot of slots) rollout.cutValues[first + slot] = output[slot * (actionCount + 1) + actionCount]
    },
    async valueRest() {},
  }
}

function cutSlots({ batch, terminated, truncated }: Given['simulator']): number[] {
  const slots: number[] = []
  for (let slot = 0; slot < batch; slot++) if (truncated[slot] === 1 && terminated[slot] === 0) slots.push(slot)
  return slots
}
