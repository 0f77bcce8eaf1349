import type { Goals, Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { BatchPolicy } from './batch-policy.ts'
import { mapGoals } from '@goalpost/environments'
import { createEpisodeSlots } from './episode-slots.ts'
import { createOutcomeTable, type OutcomeTable } from './outcome-table.ts'

/** Transitions between two calls of `yieldToEventLoop`: below 200 ms down to some 10,000 steps/s. */
const transitionsPerYield = 2048

export type EpisodeEvaluation<Level> = {
  readonly simulator: Simulator<Level>
  readonly levels: readonly Level[]
  /** γ, from the environment's `horizon`. */
  readonly discount: number
  readonly policy: BatchPolicy<Level>
  readonly episodesPerLevel: number
  /** Read only by counters: level index, episode, step. */
  readonly uniform: Stream
  /**
   * The seed of episode e of level l is word (l, e) of this stream, for every policy, so that compared policies have
   * the same chance events. Default: one below `uniform`.
   */
  readonly seeds?: Stream
  /** The environment's, in the order of the simulator's reward streams. */
  readonly goals: Goals
  /** Names of the simulator's counters, from the environment's measure table; default: none. */
  readonly counterNames?: readonly string[]
  /** Called with every decision before it is executed; `cell` is level × episodesPerLevel + episode. */
  readonly onDecision?: (slot: number, cell: number) => void
  /** Awaited every few thousand transitions, so that an event loop can turn; its rejection ends the evaluation. */
  readonly yieldToEventLoop?: () => Promise<void>
}

/**
 * Plays `episodesPerLevel` episodes of every level to their end. The batch always keeps the simulator's shape, slots
 * are refilled as they end, and the outcome does not depend on batch size or order, as long as the policy's rows do
 * not. Throws a RangeError if the discount is outside [0, 1] or the number of episodes is not a positive integer.
 */
export async function evaluateEpisodes<Level>(evaluation: EpisodeEvaluation<Level>): Promise<OutcomeTable> {
  const { simulator, levels, policy, discount, episodesPerLevel, onDecision, yieldToEventLoop } = evaluation
  if (!(discount >= 0 && discount <= 1)) throw new RangeError(`discount must be from 0 to 1, got ${discount}`)
  if (!Number.isInteger(episodesPerLevel) || episodesPerLevel < 1)
    throw new RangeError(`episodesPerLevel must be a positive integer, got ${episodesPerLevel}`)
  const table = createOutcomeTable({
    levels: levels.length,
    episodes: episodesPerLevel,
    goalNames: mapGoals(evaluation.goals, ({ name }) => name),
    ...(evaluation.counterNames === undefined ? {} : { counterNames: evaluation.counterNames }),
  })
  if (levels.length === 0) return table

  const slots = createEpisodeSlots(evaluation, table)
  const actions = new Uint8Array(simulator.batch)
  const stepsPerYield = Math.max(1, Math.floor(transitionsPerYield / simulator.batch))
  for (let step = 1; slots.running() > 0; step++) {
    const pending = policy.act(simulator.observations, actions, slots.uniform)
    // Awaiting a non-promise would cost a turn of the microtask queue in every step.
    if (pending !== undefined) await pending
    if (onDecision !== undefined) slots.visitRunning(onDecision)
    simulator.step(actions)
    slots.advance()
    if (yieldToEventLoop !== undefined && step % stepsPerYield === 0) await yieldToEventLoop()
  }
  return table
}
