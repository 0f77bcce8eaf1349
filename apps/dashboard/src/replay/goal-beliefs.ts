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

/** Of a long episode, the goals are inferred after so many steps; those between show what was inferred last. */
const mostInferred = 160

/** For as long as the episode itself is remembered: people go back and forth between episodes. */
const remembered = new WeakMap<RecordedEpisode, GoalBeliefs | null>()

/**
 * The goals that explain a recorded episode, step by step, as docs/agency.md says; from this episode alone. Null in
 * worlds without candidate goals, and where nothing was decided. Inferred once for each episode.
 */
export function goalBeliefs(recorded: RecordedEpisode): GoalBeliefs | null {
  const known = remembered.get(recorded)
  if (known !== undefined) return known
  const beliefs = inferBeliefs(recorded)
  remembered.set(recorded, beliefs)
  return beliefs
}

function inferBeliefs(recorded: RecordedEpisode): GoalBeliefs | null {
  const { environment, parameters, level } = openRecorded(recorded)
  const { agency, actions } = environment
  if (agency === undefined) return null
  const trajectory = agency.decisions(parameters, level, recorded)
  if (trajectory.length === 0) return null
  const goals = agency.candidates(parameters).map(({ name }) => name)
  const stride = Math.ceil(trajectory.length / mostInferred)
  const inferred = new Map<number, readonly number[]>()
  const after = (decisions: number): readonly number[] => {
    const seen = decisions === trajectory.length ? decisions : decisions - (decisions % stride)
    const known = inferred.get(seen) ?? goalsAfter({ actions: actions.length, goals: goals.length, trajectory }, seen)
    inferred.set(seen, known)
    return known
  }
  return { goals, shares: decisionsBefore(recorded.actions, trajectory.length).map(after) }
}

/** How many decisions were taken in the first steps, by number of steps: waiting is none, nor is what came after the goal. */
function decisionsBefore(actions: readonly number[], most: number): number[] {
  let taken = 0
  return [0, ...actions.map((action) => Math.min(most, action === stay ? taken : ++taken))]
}
