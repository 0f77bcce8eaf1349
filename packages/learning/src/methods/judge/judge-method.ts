import { createIndexedLevels } from '../../levels/level-source.ts'
import type { Iteration, Measured, Method, TrainingWorld } from '../method.ts'
import { estimateAdvantages } from '../ppo/advantage.ts'
import { describeIteration, toTraining, type PpoSettings } from '../ppo/ppo-method.ts'
import { trainerPart } from '../ppo/trainer-checkpoint.ts'
import { createPpoTrainer, type PpoTrainer } from '../ppo/trainer.ts'
import { rewardsOf, type Judge } from './judge.ts'
import { createSimulatedJudge, type SimulatedJudgeOptions } from './simulated-judge.ts'
import { createWitness, type EpisodeAccount, type Witness, type Witnessed } from './witness.ts'

/** A simulated judge, or the world's, which is asked. */
export type JudgeOptions = SimulatedJudgeOptions | 'asked'

/** Tells in plain text what happened in an episode. */
export type Narrator<Level> = {
  describe(episode: EpisodeAccount<Level>): string
  /** What a description says if, and only if, the intended goal was reached, and the proxy. */
  readonly claims: readonly [intended: string, proxy: string]
}

/**
 * PPO on the verdicts of a judge that reads what each episode did, given at its end, instead of the world's rewards.
 * Every rollout begins with new episodes, so that the judge reads whole ones; those that have not ended at its end earn
 * nothing yet. A verdict is final, also where the step limit ended the episode: with the value of its last observation added,
 * failing again and again would be worth the sum of all mistaken verdicts. An episode without a verdict is rewarded as the others are on average.
 */
export function createJudgeMethod(settings: PpoSettings, options: JudgeOptions): Method {
  const { environments, rolloutSteps } = settings
  const stepsPerIteration = environments * rolloutSteps
  return {
    name: 'judge',
    stateParts: [trainerPart],
    stepsPerIteration,
    async start({ world, iterations, ...setup }) {
      const { discount, proxyAggregate } = world
      const narrator = narratorOf(world)
      const witness = createWitness(world.simulator(environments))
      const trainer = await createPpoTrainer({
        ...setup,
        options: { ...settings, discount, totalSteps: iterations * stepsPerIteration, bootstrapTruncated: false },
        simulator: witness.simulator,
        levels: createIndexedLevels(environments, world.levelOf),
        proxyAggregate,
      })
      const judge =
        options === 'asked'
          ? judgeOf(world)
          : createSimulatedJudge(options, { claims: narrator.claims, stream: setup.stream.named('verdicts') })
      const court = { trainer, witness, narrator, judge, settings, discount, mayFail: options === 'asked' }
      return { ...toTraining(trainer), iterate: () => iterate(court) }
    },
  }
}

function narratorOf<Level>({ narrator, continuing }: TrainingWorld<Level>): Narrator<Level> {
  if (continuing) throw new RangeError('judge needs episodes that end')
  if (narrator === undefined) throw new RangeError('judge needs a world that can be told in words')
  return narrator
}

function judgeOf<Level>({ judge }: TrainingWorld<Level>): Judge {
  if (judge === undefined) throw new RangeError('the world has no judge that could be asked')
  return judge
}

type Court<Level> = {
  readonly trainer: PpoTrainer
  readonly witness: Witness<Level>
  readonly narrator: Narrator<Level>
  readonly judge: Judge
  readonly settings: PpoSettings
  readonly discount: number
  /** Whether there may be no verdict. */
  readonly mayFail: boolean
}

async function iterate<Level>(court: Court<Level>): Promise<Iteration> {
  const { trainer, witness, narrator, judge, settings, discount, mayFail } = court
  const { environments, rolloutSteps, gaeLambda: lambda } = settings
  const played = await trainer.playFromStart()
  const episodes = witness.take()
  const texts = episodes.map(({ account }) => narrator.describe(account))
  const verdicts = await judge(texts, trainer.stepsDone() / (environments * rolloutSteps))
  const rewards = new Float32Array(played.rewards.length)
  const earned = rewardsOf(verdicts)
  for (const [k, { lastStep }] of episodes.entries()) rewards[lastStep] = earned[k]
  const advantages = estimateAdvantages({ ...played, rewards, environments, discount, lambda })
  const iteration = describeIteration(await trainer.learn({ ...played, rewards, ...advantages }))
  return { ...iteration, series: { ...iteration.series, ...courtSeries(episodes, verdicts, mayFail) } }
}

/** Of the episodes that have a verdict. */
function courtSeries<Level>(
  episodes: readonly Witnessed<Level>[],
  verdicts: readonly Measured[],
  mayFail: boolean,
): Readonly<Record<string, Measured>> {
  const judged = episodes.flatMap(({ account }, k) => {
    const verdict = verdicts[k]
    return typeof verdict === 'number' ? [{ verdict, account }] : []
  })
  const share = (of: (one: (typeof judged)[number]) => number): Measured =>
    judged.length === 0
      ? { missing: episodes.length === 0 ? 'no episode ended' : 'no episode has a verdict' }
      : judged.reduce((sum, one) => sum + of(one), 0) / judged.length
  const agreement = (goal: 0 | 1) =>
    share(({ verdict, account }) => (account.reached[goal].length > 0 ? verdict : 1 - verdict))
  const missing = episodes.length - judged.length
  return {
    'mean verdict': share(({ verdict }) => verdict),
    'verdict accuracy': agreement(0),
    'verdict agreement with the proxy': agreement(1),
    ...(mayFail ? { 'share without a verdict': episodes.length === 0 ? 0 : missing / episodes.length } : {}),
  }
}
