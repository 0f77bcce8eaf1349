import type { Decision } from '@goalpost/environments'
import { logAgent, weighGoal } from './agent-evidence.ts'
import { blindSights, logDevices } from './device-evidence.ts'
import { logMeanExp, logSumExp, posteriorOf } from './log-space.ts'

/** Shares of decisions that an agent gets wrong. Beyond them it would no longer be near-optimal. */
export const agentNoise: readonly number[] = [0.01, 0.03, 0.1, 0.2, 0.4]

export type AgencyEvidence = {
  /** How many actions there are to choose from. */
  readonly actions: number
  /** Names of the candidate goals, in the order of `Decision.optimal`. */
  readonly goals: readonly string[]
  /** Names of the views, in the order of `Decision.views`. */
  readonly views: readonly string[]
  /** Decisions of one policy, episode by episode. */
  readonly trajectories: readonly (readonly Decision[])[]
}

/** A share of belief in one of several explanations. */
export type Belief<Name = string> = { readonly name: Name; readonly probability: number }

export type AgencyPosterior = {
  readonly decisions: number
  /** P(agent | trajectories); the prior of ½ where there are none. */
  readonly agent: number
  /** ln of the odds of agent against device, in nats: tells apart what rounds to 1. */
  readonly logOdds: number
  /** P(goal | trajectories, agent), in the order of the candidates. */
  readonly goals: readonly Belief[]
  /** P(noise | trajectories, agent). */
  readonly noise: readonly Belief<number>[]
  /** P(what it sees | trajectories, device). */
  readonly devices: readonly Belief[]
}

/**
 * Agents and devices (Orseau, McGregor & Legg 2018, arXiv 1805.12387). Is a policy better explained by a goal that it
 * pursues, whichever and with whatever noise, or by a map from some input to actions? All weights are equal: ½ for agents,
 * of which each pair of goal and noise has the same share, ½ for devices, of which each kind of input has.
 * One goal, noise or map accounts for all trajectories together. Throws a RangeError without candidates.
 */
export function inferAgency({ actions, goals, views, trajectories }: AgencyEvidence): AgencyPosterior {
  if (goals.length === 0) throw new RangeError('there are no candidate goals to explain anything with')
  const decisions = trajectories.flat()
  const byGoal = goals.map((_, goal) => {
    const evidence = weighGoal(decisions, goal, actions)
    return agentNoise.map((noise) => logAgent(evidence, noise))
  })
  const sights = [...blindSights, ...views.map((name, view) => ({ name, sight: viewSight(view) }))]
  const byDevice = sights.map(({ sight }) => logDevices(trajectories, sight, actions))
  const logOdds = logMeanExp(byGoal.flat()) - logMeanExp(byDevice)
  return {
    decisions: decisions.length,
    agent: 1 / (1 + Math.exp(-logOdds)),
    logOdds,
    goals: believe(goals, byGoal.map(logSumExp)),
    noise: believe(
      agentNoise,
      agentNoise.map((_, noise) => logSumExp(byGoal.map((logs) => logs[noise]))),
    ),
    devices: believe(
      sights.map(({ name }) => name),
      byDevice,
    ),
  }
}

const viewSight = (view: number) => (trajectory: readonly Decision[], step: number) => trajectory[step].views[view]

function believe<Name>(names: readonly Name[], logs: readonly number[]): Belief<Name>[] {
  const shares = posteriorOf(logs)
  return names.map((name, i) => ({ name, probability: shares[i] }))
}
