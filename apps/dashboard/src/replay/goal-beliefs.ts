import { stay } from '@goalpost/environments'
import { goalsAfter } from '@goalpost/evaluation/agency'
import { openRecorded } from './play-episode.ts'
import type { RecordedEpisode } from './recorded-episode.ts'

/** Which goal explains an episode, the more of it is seen. */
export type GoalBeliefs = {
  /** Names of the candidate goals, the intended one and the proxy first. */
  readonly goals: readonly string[]
  /** P(goal | the actions of the first steps, agent), by number of steps from 0 on, then by goal. */
  readonly shares: readonly (readonly number[])[]
}

/** Told after each inference how many of them are done. */
export type OnInferred = (done: number, total: number) => void

/** Of a long episode, the goals are inferred after so many steps; those between show what was inferred last. */
const mostInferred = 160

/**
 * The goals that explain a recorded episode, step by step, as docs/agency.md says; from this episode alone. Null in
 * worlds without candidate goals, and where nothing was decided. Takes seconds for long episodes with many goals.
 */
export function inferBeliefs(recorded: RecordedEpisode, onInferred?: OnInferred): GoalBeliefs | null {
  const { environment, parameters, level } = openRecorded(recorded)
  const { agency, actions } = environment
  if (agency === undefined) return null
  const trajectory = agency.decisions(parameters, level, recorded)
  if (trajectory.length === 0) return null
  const goals = agency.candidates(parameters).map(({ name }) => name)
  const stride = Math.ceil(trajectory.length / mostInferred)
  const seen = decisionsBefore(recorded.actions, trajectory.length).map((decisions) =>
    decisions === trajectory.length ? decisions : decisions - (decisions % stride),
  )
  const wanted = [...new Set(seen)]
  const inferred = new Map<number, readonly number[]>()
  for (const [done, decisions] of wanted.entries()) {
    inferred.set(decisions, goalsAfter({ actions: actions.length, goals: goals.length, trajectory }, decisions))
    onInferred?.(done + 1, wanted.length)
  }
  return { goals, shares: seen.map((decisions) => inferred.get(decisions) ?? []) }
}

/** How many decisions were taken in the first steps, by number of steps: waiting is none, nor is what came after the goal. */
function decisionsBefore(actions: readonly number[], most: number): number[] {
  let taken = 0
  return [0, ...actions.map((action) => Math.min(most, action === stay ? taken : ++taken))]
}
