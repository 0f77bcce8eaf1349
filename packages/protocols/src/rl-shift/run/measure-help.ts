import type { Simulator } from '@goalpost/environments'
import { createReferencePolicy, type BatchPolicy, type OutcomeTable } from '@goalpost/evaluation'
import { createDoubt, type ActingPolicy } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { quantileOfSorted } from '@goalpost/statistics'
import { createSimulatorFor, episodeSeeds, playSuite, type PlayableSuite } from '../../worlds/run/suite.ts'
import type { HelpedReturns, HelpLog } from '../help-log.ts'
import { createAskingPolicy, type Asks } from './asking-policy.ts'
import { detectEpisodes, detectSteps, type BestActions } from './detect-doubt.ts'
import { watchDoubt } from './watch-doubt.ts'

export type HelpSettings = {
  /** The ensemble. */
  readonly policy: ActingPolicy
  /** Whose distributions are compared. */
  readonly members: readonly ActingPolicy[]
  /** The same, in the acting mode of the ensemble. */
  readonly alone: readonly ActingPolicy[]
  readonly shares: readonly number[]
  readonly batch: number
  readonly seed: number
  readonly yieldToEventLoop: () => Promise<void>
  /** Called after every play. */
  readonly played: () => void
}

/**
 * Plays all given levels with each member and with the ensemble alone, then with help from the true-oracle at growing shares
 * of the steps: where disagreement is above a quantile of that seen alone, and as often by chance. All means are over the
 * same levels; give only solvable ones.
 */
export async function measureHelp(playable: PlayableSuite, settings: HelpSettings): Promise<HelpLog> {
  const members: HelpLog['members'][number][] = []
  for (const member of settings.alone) members.push(await playMember(playable, settings, member))
  const { sorted, ...found } = await playAlone(playable, settings)
  const points: HelpLog['points'][number][] = []
  for (const share of settings.shares) {
    const limit = share >= 1 ? -1 : quantileOfSorted(sorted, 1 - share)
    const wanted: Asks = share <= 0 ? () => false : ({ disagreement }) => disagreement > limit
    const asked = await playHelped(playable, settings, wanted)
    const byChance = await playHelped(playable, settings, (_, uniform) => uniform() < asked.helped)
    points.push({ asked, byChance })
  }
  return { ...found, members, points }
}

async function playMember(playable: PlayableSuite, settings: HelpSettings, member: ActingPolicy) {
  const simulator = createSimulatorFor(playable, settings.batch)
  return meanReturns(await play(playable, settings, { simulator, policy: member }))
}

async function playAlone(playable: PlayableSuite, settings: HelpSettings) {
  const simulator = createSimulatorFor(playable, settings.batch)
  const actions = playable.environment.actions.length
  const doubt = createDoubt(settings.members, actions)
  const watch = watchDoubt({ doubt, levels: playable.suite.levels.length })
  const oracle = oracleFor(playable, simulator)
  const policy = watch.watch(createAskingPolicy({ ...settings, doubt, asks: () => false, oracle }))
  const table = await play(playable, settings, { simulator, policy, onDecision: watch.onDecision })
  const episodes = watch.episodes()
  const bestOf = (level: number) =>
    bestActions(
      playable,
      level,
      episodes[level].map(({ action }) => action),
    )
  return {
    steps: detectSteps(episodes, bestOf, actions),
    episodes: detectEpisodes(episodes, table),
    sorted: watch.sorted(),
  }
}

/** By step, as far as the world's candidate goals are pursued; none where goals cannot be planned for. */
function bestActions(
  { environment, world: { parameters }, suite, ...playable }: PlayableSuite,
  level: number,
  actions: readonly number[],
): readonly BestActions[] {
  const { agency, goals } = environment
  const names = agency?.candidates(parameters).map(({ name }) => name) ?? []
  const [goal, proxy] = [names.indexOf(goals[0].name), names.indexOf(goals[1].name)]
  if (agency === undefined || goal < 0 || proxy < 0) return []
  const seed = episodeSeeds(playable).word(level, 0)
  return agency
    .decisions(parameters, suite.levels[level], { actions, seed })
    .map(({ optimal }) => ({ goal: optimal[goal], proxy: optimal[proxy] }))
}

async function playHelped(playable: PlayableSuite, settings: HelpSettings, asks: Asks): Promise<HelpedReturns> {
  const simulator = createSimulatorFor(playable, settings.batch)
  const doubt = createDoubt(settings.members, playable.environment.actions.length)
  const policy = createAskingPolicy({ ...settings, doubt, asks, oracle: oracleFor(playable, simulator) })
  let [steps, helped] = [0, 0]
  const table = await play(playable, settings, {
    simulator,
    policy,
    onDecision(slot) {
      steps += 1
      helped += policy.wasHelped(slot) ? 1 : 0
    },
  })
  return { helped: helped / Math.max(1, steps), ...meanReturns(table) }
}

function meanReturns({ goals: [goal, proxy] }: OutcomeTable) {
  const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  return { return: meanOf(goal.returns), proxyReturn: meanOf(proxy.returns) }
}

type Playing = {
  readonly simulator: Simulator<unknown>
  readonly policy: BatchPolicy
  readonly onDecision?: (slot: number, cell: number) => void
}

/** One episode of each level; equal chance in every play. */
async function play(playable: PlayableSuite, settings: HelpSettings, playing: Playing): Promise<OutcomeTable> {
  const table = await playSuite(playable, {
    ...playing,
    episodesPerLevel: 1,
    uniform: createStream(settings.seed).named('help').named(playable.world.name),
    yieldToEventLoop: settings.yieldToEventLoop,
  })
  settings.played()
  return table
}

function oracleFor({ environment, world }: PlayableSuite, simulator: Simulator<unknown>): BatchPolicy {
  return createReferencePolicy(environment, world.parameters, { name: 'true-oracle', simulator })
}
