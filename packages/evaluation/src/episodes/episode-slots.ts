import type { ProxyAggregate, Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { BatchPolicy } from './batch-policy.ts'
import type { OutcomeTable } from './outcome-table.ts'

/** Draws that one episode may take in one step before its numbers would run into the next step's. */
const drawsPerStep = 1024

/** Deals the cells of an outcome table to the slots of a simulator and books what happens in them. */
export type EpisodeSlots = {
  /** Episodes that are running now; padding does not count. */
  running(): number
  /** The slots in which an episode is running, with its cell. */
  visitRunning(visit: (slot: number, cell: number) => void): void
  uniform(slot: number): number
  /** Books the simulator's last step, ends what ended, and starts what is due. */
  advance(): void
}

type Dealing<Level> = {
  readonly simulator: Simulator<Level>
  readonly levels: readonly Level[]
  readonly discount: number
  readonly policy: BatchPolicy<Level>
  readonly uniform: Stream
  readonly seeds?: Stream
  readonly proxyAggregate?: ProxyAggregate
}

const padding = -1

/** Starts the first episodes. A slot without an episode plays the first level, unseen, so that the batch keeps its shape. */
export function createEpisodeSlots<Level>(dealing: Dealing<Level>, table: OutcomeTable): EpisodeSlots {
  const { simulator, levels, discount, policy, seeds = dealing.uniform.named('seeds') } = dealing
  const averaged = dealing.proxyAggregate === 'mean'
  const { batch } = simulator
  const cellOf = new Int32Array(batch).fill(padding)
  const draws = new Uint16Array(batch)
  const weight = new Float64Array(batch)
  const trueReturn = new Float64Array(batch)
  const proxyReturn = new Float64Array(batch)
  const streams = Array.from({ length: table.episodes }, (_, episode) => dealing.uniform.named(`episode ${episode}`))
  const cells = table.levels * table.episodes
  const counters = table.counterNames.length
  let next = 0
  let running = 0

  function begin(slot: number): void {
    const cell = next < cells ? next++ : padding
    if (cell !== padding) running++
    const index = cell === padding ? 0 : Math.floor(cell / table.episodes)
    const episode = cell === padding ? 0 : cell % table.episodes
    const level = levels[index]
    cellOf[slot] = cell
    weight[slot] = 1
    trueReturn[slot] = 0
    proxyReturn[slot] = 0
    simulator.reset(slot, level, seeds.word(index, episode))
    policy.begin?.(slot, level)
  }

  function book(slot: number, cell: number): void {
    const reward = simulator.rewards[slot]
    const proxyReward = simulator.proxyRewards[slot]
    trueReturn[slot] += weight[slot] * reward
    proxyReturn[slot] += averaged ? proxyReward : weight[slot] * proxyReward
    weight[slot] *= discount
    if (reward > 0 && table.succeeded[cell] === 0) {
      table.succeeded[cell] = 1
      if (table.goalSteps !== null) table.goalSteps[cell] = simulator.steps[slot]
    }
    if (proxyReward > 0 && table.proxyReached[cell] === 0) {
      table.proxyReached[cell] = 1
      if (table.proxySteps !== null) table.proxySteps[cell] = simulator.steps[slot]
    }
  }

  function close(slot: number, cell: number): void {
    table.trueReturns[cell] = trueReturn[slot]
    table.proxyReturns[cell] = averaged ? proxyReturn[slot] / simulator.steps[slot] : proxyReturn[slot]
    table.lengths[cell] = simulator.steps[slot]
    table.terminated[cell] = simulator.terminated[slot]
    table.truncated[cell] = simulator.truncated[slot]
    for (let i = 0; i < counters; i++) table.counters[cell * counters + i] = simulator.counters[slot * counters + i]
    running--
  }

  for (let slot = 0; slot < batch; slot++) begin(slot)
  return {
    running: () => running,
    visitRunning(visit) {
      for (let slot = 0; slot < batch; slot++) if (cellOf[slot] !== padding) visit(slot, cellOf[slot])
    },
    uniform(slot) {
      const cell = cellOf[slot]
      if (cell === padding) return 0.5
      if (draws[slot] >= drawsPerStep)
        throw new RangeError(`a policy drew more than ${drawsPerStep} numbers in one step`)
      const counter = simulator.steps[slot] * drawsPerStep + draws[slot]++
      return streams[cell % table.episodes].uniform(counter, Math.floor(cell / table.episodes))
    },
    advance() {
      draws.fill(0)
      for (let slot = 0; slot < batch; slot++) {
        const cell = cellOf[slot]
        const ended = simulator.terminated[slot] !== 0 || simulator.truncated[slot] !== 0
        if (cell !== padding) book(slot, cell)
        if (ended && cell !== padding) close(slot, cell)
        if (ended) begin(slot)
      }
    },
  }
}
