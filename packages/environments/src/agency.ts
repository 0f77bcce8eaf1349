import type { EpisodeRecord, Goal } from './environment.ts'

/** A goal that actions may be explained by. */
export type CandidateGoal = Pick<Goal, 'name' | 'description'> & {
  /** Neither the intended goal, nor the proxy, nor part or blend of them: to pursue it is to pursue something else. */
  readonly unrelated?: true
}

/** One choice of an action, with what agents and devices would have made of it. Plain data. */
export type Decision = {
  readonly action: number
  /** By candidate goal: bit a is set where action a is optimal; all bits, where the goal prefers none of them. */
  readonly optimal: readonly number[]
  /** By view: what a device would have seen through it. */
  readonly views: readonly string[]
}

/** Part of a situation, named, that a device may react to; never so much of it that hardly two situations are alike. */
export type View = { readonly name: string; readonly description: string }

/** What it takes to ask whether a policy pursues a goal, and which: goals to plan for, and views to react to. */
export type AgencyModel<Parameters, Level> = {
  /** Goals that can be planned for exactly, in a fixed order; the intended one and the proxy among them. */
  candidates(parameters: Parameters): readonly CandidateGoal[]
  readonly views: readonly View[]
  /** The decisions of one episode, in order. Steps in which nothing was decided (`stay`) are left out. */
  decisions(parameters: Parameters, level: Level, episode: EpisodeRecord): readonly Decision[]
}
