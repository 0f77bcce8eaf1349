import type { Decision } from '@goalpost/environments'
import { blindSights, logBlindPerEpisode, logDevices } from './device-evidence.ts'
import { logMeanExp, logSumExp, posteriorOf } from './log-space.ts'
import { agentNoise, manners } from './manners.ts'
import { logLikelihood, weighGoals, type Manner, type GoalEvidence } from './goal-evidence.ts'

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
  /** P(agent | trajectories); the prior of ½ without any. */
  readonly agent: number
  /** ln of the odds of agent against device, in nats: distinguishes probabilities that round to 1. */
  readonly logOdds: number
  /** P(goal | trajectories, agent), in the order of the candidates. */
  readonly goals: readonly Belief[]
  /** P(noise | trajectories, agent). */
  readonly noise: readonly Belief<number>[]
  /** The expected share of episodes in which the way is lost, given an agent; 0 without episodes. */
  readonly lost: number
  /** P(view | trajectories, device). */
  readonly devices: readonly Belief[]
}

/**
 * Agents and devices (Orseau, McGregor & Legg 2018, arXiv 1805.12387). Is a policy better explained by pursuit of some
 * goal in some manner, or by a map from some input to actions? Weights: ½ for agents, shared equally by each goal in
 * each manner; ½ for devices, shared equally by each kind of input. One goal and manner, or one map, explains all
 * trajectories together. Throws a RangeError without candidates.
 */
export function inferAgency(evidence: AgencyEvidence): AgencyPosterior {
  const { actions, goals, trajectories } = evidence
  if (goals.length === 0) throw new RangeError('there are no candidate goals to explain anything with')
  const weighed = trajectories.map((trajectory) => weighGoals(trajectory, goals.length, actions))
  const byGoal = goals.map((_, goal) => explainByGoal(weighed.map((evidence) => evidence[goal])))
  const devices = explainByDevices(evidence)
  const logOdds =
    logMeanExp(byGoal.flatMap((explanations) => explanations.map(({ log }) => log))) -
    logMeanExp(devices.map(({ log }) => log))
  return {
    decisions: trajectories.reduce((sum, { length }) => sum + length, 0),
    agent: 1 / (1 + Math.exp(-logOdds)),
    logOdds,
    goals: believe(
      goals,
      byGoal.map((explanations) => logSumExp(explanations.map(({ log }) => log))),
    ),
    noise: believe(
      agentNoise,
      agentNoise.map((noise) =>
        logSumExp(byGoal.flat().flatMap(({ manner, log }) => (manner.noise === noise ? [log] : []))),
      ),
    ),
    lost: expectedShare(byGoal.flat()),
    devices: believe(
      devices.map(({ name }) => name),
      devices.map(({ log }) => log),
    ),
  }
}

/** One goal in one manner: ln p of all trajectories, and the share in which the way was lost. */
type Explanation = { readonly manner: Manner; readonly log: number; readonly lost: number }

function explainByGoal(trajectories: readonly GoalEvidence[]): Explanation[] {
  return manners.map((manner) => {
    // Sorted, so that the sums do not depend on the order of the trajectories.
    const likelihoods = trajectories
      .map((evidence) => logLikelihood(evidence, manner))
      .toSorted((a, b) => a.all - b.all)
    const log = likelihoods.reduce((sum, { all }) => sum + all, 0)
    const lost = likelihoods.reduce((sum, { all, unlost }) => sum + 1 - Math.exp(unlost - all), 0)
    return { manner, log, lost: lost / Math.max(1, trajectories.length) }
  })
}

function explainByDevices({ actions, views, trajectories }: AgencyEvidence): { name: string; log: number }[] {
  const sights = [
    ...blindSights,
    ...views.map((name, view) => ({
      name,
      sight: (trajectory: readonly Decision[], step: number) => trajectory[step].views[view],
    })),
  ]
  return [
    ...sights.map(({ name, sight }) => ({ name, log: logDevices(trajectories, sight, actions) })),
    { name: 'last action, anew in each episode', log: logBlindPerEpisode(trajectories, actions) },
  ]
}

function expectedShare(explanations: readonly Explanation[]): number {
  const weights = posteriorOf(explanations.map(({ log }) => log))
  return explanations.reduce((sum, { lost }, i) => sum + weights[i] * lost, 0)
}

function believe<Name>(names: readonly Name[], logs: readonly number[]): Belief<Name>[] {
  const shares = posteriorOf(logs)
  return names.map((name, i) => ({ name, probability: shares[i] }))
}
