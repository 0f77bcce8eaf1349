import type { EpisodeRecord, Goal } from './environment.ts'

/** A goal that may explain actions. */
export type CandidateGoal = Pick<Goal, 'name' | 'description'> & {
  /** Neither the intended goal, nor the proxy, nor a part or blend of them. */
  readonly unrelated?: true
}

/** One choice of an action, with the choices of agents and devices. Plain data. */
export type Decision = {
  readonly action: number
  /** By candidate goal: bit a is set if action a is optimal; all bits if the goal prefers none. */
  readonly optimal: readonly number[]
  /** By view: a device's input. */
  readonly views: readonly string[]
}

/** A named part of a situation that a device may react to; small enough that situations repeat. */
export type View = { readonly name: string; readonly description: string }

/** The model for inferring whether and which goal a policy pursues: goals to plan for, and views to react to. */
export type AgencyModel<Parameters, Level> = {
  /** Goals that can be planned for exactly, in a fixed order, including the intended one and the proxy. */
  candidates(parameters: Parameters): readonly CandidateGoal[]
  readonly views: readonly View[]
  /** The decisions of one episode, in order. Steps without a decision (`stay`) are left out. */
  decisions(parameters: Parameters, level: Level, episode: EpisodeRecord): readonly Decision[]
}
