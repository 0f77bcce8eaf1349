import type { Simulator } from '@goalpost/environments'
import { createReferencePolicy, type BatchPolicy, type OutcomeTable } from '@goalpost/evaluation'
import { createDoubt, type ActingPolicy } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { quantileOfSorted } from '@goalpost/statistics'
import { createSimulatorFor, playSuite, type PlayableSuite } from '../../worlds/run/suite.ts'
import type { HelpedReturns, HelpLog } from '../help-log.ts'
import { createAskingPolicy, type Asks } from './asking-policy.ts'
import { watchDoubt } from './watch-doubt.ts'

export type HelpSettings = {
  /** The ensemble. */
  readonly policy: ActingPolicy
  readonly members: readonly ActingPolicy[]
  readonly shares: readonly number[]
  readonly batch: number
  readonly seed: number
  readonly yieldToEventLoop: () => Promise<void>
}

/**
 * Plays a suite alone, then with help from the true-oracle at growing shares of the steps: where disagreement is above a
 * quantile of that seen alone, and as often by chance.
 */
export async function measureHelp(playable: PlayableSuite, settings: HelpSettings): Promise<HelpLog> {
  const alone = await playAlone(playable, settings)
  const points: HelpLog['points'][number][] = []
  for (const share of settings.shares) {
    const limit = share >= 1 ? -1 : quantileOfSorted(alone.sorted, 1 - share)
    const wanted: Asks = share <= 0 ? () => false : ({ disagreement }) => disagreement > limit
    const asked = await playHelped(playable, settings, wanted)
    const byChance = await playHelped(playable, settings, (_, uniform) => uniform() < asked.helped)
    points.push({ asked, byChance })
  }
  return { steps: alone.steps, episodes: alone.episodes, points }
}

async function playAlone(playable: PlayableSuite, settings: HelpSettings) {
  const simulator = createSimulatorFor(playable, settings.batch)
  const { environment, suite } = playable
  const actions = environment.actions.length
  const doubt = createDoubt(settings.members, actions)
  const watch = watchDoubt({ doubt, actions, levels: suite.levels.length })
  const policy = watch.beside(
    createAskingPolicy({
      ...settings,
      doubt,
      asks: () => false,
      oracle: oracleFor(playable, simulator, 'true-oracle'),
    }),
    oracleFor(playable, simulator, 'true-oracle'),
    oracleFor(playable, simulator, 'proxy-oracle'),
  )
  const table = await play(playable, settings, { simulator, policy, onDecision: watch.onDecision })
  return { ...watch.summarize(table, suite.facts.solvable), sorted: watch.sorted() }
}

async function playHelped(playable: PlayableSuite, settings: HelpSettings, asks: Asks): Promise<HelpedReturns> {
  const simulator = createSimulatorFor(playable, settings.batch)
  const doubt = createDoubt(settings.members, playable.environment.actions.length)
  const oracle = oracleFor(playable, simulator, 'true-oracle')
  const policy = createAskingPolicy({ ...settings, doubt, asks, oracle })
  let [steps, helped] = [0, 0]
  const table = await play(playable, settings, {
    simulator,
    policy,
    onDecision(slot) {
      steps += 1
      helped += policy.wasHelped(slot) ? 1 : 0
    },
  })
  const { solvable } = playable.suite.facts
  const meanOf = (column: ArrayLike<number>) => {
    const values = Array.from(column).filter((_, level) => solvable[level] === 1)
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  }
  const [goal, proxy] = table.goals
  return { helped: helped / Math.max(1, steps), return: meanOf(goal.returns), proxyReturn: meanOf(proxy.returns) }
}

type Playing = {
  readonly simulator: Simulator<unknown>
  readonly policy: BatchPolicy
  readonly onDecision: (slot: number, cell: number) => void
}

/** One episode of each level; equal chance in every play. */
function play(playable: PlayableSuite, settings: HelpSettings, playing: Playing): Promise<OutcomeTable> {
  return playSuite(playable, {
    ...playing,
    episodesPerLevel: 1,
    uniform: createStream(settings.seed).named('help').named(playable.world.name),
    yieldToEventLoop: settings.yieldToEventLoop,
  })
}

function oracleFor(
  { environment, world }: PlayableSuite,
  simulator: Simulator<unknown>,
  name: 'true-oracle' | 'proxy-oracle',
): BatchPolicy {
  return createReferencePolicy(environment, world.parameters, { name, simulator })
}
