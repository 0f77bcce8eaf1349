import type { Goal, Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { BatchPolicy } from './batch-policy.ts'
import type { OutcomeTable } from './outcome-table.ts'

/** Draws that one episode may take in one step before its numbers overlap the next step's. */
const drawsPerStep = 1024

/** Assigns the cells of an outcome table to the slots of a simulator and records the outcomes. */
export type EpisodeSlots = {
  /** Episodes that are running now; padding does not count. */
  running(): number
  /** The slots in which an episode is running, with its cell. */
  visitRunning(visit: (slot: number, cell: number) => void): void
  uniform(slot: number): number
  /** Records the simulator's last step, closes finished episodes, and starts the next ones. */
  advance(): void
}

type Dealing<Level> = {
  readonly simulator: Simulator<Level>
  readonly levels: readonly Level[]
  readonly discount: number
  readonly policy: BatchPolicy<Level>
  readonly uniform: Stream
  readonly seeds?: Stream
  readonly goals: readonly Pick<Goal, 'aggregate'>[]
}

const padding = -1

/**
 * Starts the first episodes. A slot without an episode plays the first level, unrecorded, to keep the batch's shape.
 */
export function createEpisodeSlots<Level>(dealing: Dealing<Level>, table: OutcomeTable): EpisodeSlots {
  const { simulator, levels, discount, policy, seeds = dealing.uniform.named('seeds') } = dealing
  const { batch } = simulator
  const cellOf = new Int32Array(batch).fill(padding)
  const draws = new Uint16Array(batch)
  const weight = new Float64Array(batch)
  const earning = dealing.goals.map(({ aggregate }, index) => ({
    averaged: aggregate === 'mean',
    rewards: simulator.goalRewards[index],
    returns: new Float64Array(batch),
    outcomes: table.goals[index],
  }))
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
    for (const { returns } of earning) returns[slot] = 0
    simulator.reset(slot, level, seeds.word(index, episode))
    policy.begin?.(slot, level)
  }

  function book(slot: number, cell: number): void {
    for (const { averaged, rewards, returns, outcomes } of earning) {
      const reward = rewards[slot]
      returns[slot] += averaged ? reward : weight[slot] * reward
      if (reward > 0 && outcomes.reached[cell] === 0) {
        outcomes.reached[cell] = 1
        if (outcomes.firstSteps !== null) outcomes.firstSteps[cell] = simulator.steps[slot]
      }
    }
    weight[slot] *= discount
  }

  function close(slot: number, cell: number): void {
    for (const { averaged, returns, outcomes } of earning)
      outcomes.returns[cell] = averaged ? returns[slot] / simulator.steps[slot] : returns[slot]
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
