import type { Rng } from '@goalpost/random'
import { mutateLevel } from '../accel/mutate-level.ts'
import type { JudgedLevel } from '../curriculum/judged-level.ts'
import { levelOutcomes } from '../curriculum/level-outcomes.ts'
import type { LevelEditor, LevelTools } from '../curriculum/level-tools.ts'
import { sharesIn } from '../curriculum/curriculum-series.ts'
import { environmentSteps } from '../environment-steps.ts'
import type { Iteration, Measured, Method, Training, TrainingWorld } from '../method.ts'
import { describeIteration, type PpoSettings } from '../ppo/ppo-method.ts'
import { checkpointOf, trainerPart } from '../ppo/trainer-checkpoint.ts'
import type { PpoTrainer } from '../ppo/trainer.ts'
import { createLevelTrainer } from '../curriculum/create-level-trainer.ts'
import { createAttack, type Attack } from './attack.ts'
import { defaultAdversarialOptions, type AdversarialOptions } from './options.ts'

/**
 * PPO on levels of an attack search, mixed with new ones. An iteration plays `rounds` rollouts of edited levels, from
 * which nothing is learned, and one that is learned from.
 */
export function createAdversarialMethod(
  ppo: PpoSettings,
  options: AdversarialOptions = defaultAdversarialOptions,
): Method {
  const { environments, rolloutSteps } = ppo
  return {
    name: 'adversarial',
    stateParts: [trainerPart],
    stepsPerIteration: environments * rolloutSteps,
    async start(setup) {
      const { tools, editor } = abilitiesOf(setup.world)
      const { edits: kind, editCount: count } = options
      const attack = createAttack({
        options,
        tools,
        mutate: (level, random: Rng) => mutateLevel(editor, level, { kind, count }, random),
        levelOf: setup.world.levelOf,
        size: environments,
        stream: setup.stream,
      })
      const trainer = await createLevelTrainer(ppo, setup, attack.source)
      return toTraining({ trainer, attack, tools, ppo, rounds: options.rounds, discount: setup.world.discount })
    },
  }
}

function abilitiesOf<Level>({ levelTools: tools, continuing }: TrainingWorld<Level>): {
  readonly tools: LevelTools<Level>
  readonly editor: LevelEditor<Level>
} {
  if (continuing) throw new RangeError('adversarial needs episodes that end')
  if (tools === undefined || tools.design === null || tools.optimum === null)
    throw new RangeError('adversarial needs edits of levels and a solver')
  return { tools, editor: tools.design }
}

type Parts<Level> = {
  readonly trainer: PpoTrainer
  readonly attack: Attack<Level>
  readonly tools: LevelTools<Level>
  readonly ppo: PpoSettings
  readonly rounds: number
  readonly discount: number
}

function toTraining<Level>(parts: Parts<Level>): Training {
  const { trainer, attack, tools } = parts
  return {
    iterate: () => iterate(parts),
    stepsDone: trainer.stepsDone,
    levelsDrawn: () => null,
    favouriteLevels: (count) =>
      attack
        .levels()
        .filter(({ replays }) => replays > 0)
        .toSorted((a, b) => b.score - a.score)
        .slice(0, count)
        .map(({ level, score, replays, mutations }) => ({ level: tools.text(level), score, replays, mutations })),
    ...checkpointOf(trainer),
    dispose: trainer.dispose,
  }
}

async function iterate<Level>({ trainer, attack, tools, ppo, rounds, discount }: Parts<Level>): Promise<Iteration> {
  const outcomesOf = (played: Parameters<typeof levelOutcomes>[0]) => levelOutcomes(played, ppo.environments, discount)
  for (let round = 0; round < rounds; round++) {
    attack.propose()
    attack.accept(outcomesOf(await trainer.playFromStart()))
  }
  attack.mix()
  const played = await trainer.playFromStart()
  const outcomes = outcomesOf(played)
  const iteration = describeIteration(await trainer.learn(played))
  const series = attackSeries(attack, tools)
  const regret = attack.finish(outcomes)
  return {
    ...iteration,
    series: {
      ...iteration.series,
      [environmentSteps.played]: trainer.stepsPlayed(),
      ...series,
      'regret of attacked levels when learned from': regret,
    },
  }
}

function attackSeries<Level>(
  { levels, batch }: Attack<Level>,
  tools: LevelTools<Level>,
): Readonly<Record<string, Measured>> {
  const entries = levels()
  const meanOf = (read: (entry: JudgedLevel<Level>) => number) =>
    entries.reduce((sum, entry) => sum + read(entry), 0) / entries.length
  return {
    'regret that the attack chose by': meanOf(({ score }) => score),
    'edits of the attack': meanOf(({ mutations }) => mutations),
    ...sharesIn('attack', entries, tools),
    ...sharesIn('batch', batch(), tools),
  }
}
