import type { Rng } from '@goalpost/random'
import { checkpointOf, trainerPart } from '../ppo/trainer-checkpoint.ts'
import type { EpisodeMetrics } from '../../rollout/episode-ledger.ts'
import { environmentSteps } from '../environment-steps.ts'
import type { Iteration, Measured, Method, Training, TrainingSetup } from '../method.ts'
import { describeIteration, type PpoSettings } from '../ppo/ppo-method.ts'
import type { PpoTrainer } from '../ppo/trainer.ts'
import { createLevelTrainer } from './create-level-trainer.ts'
import { createCurriculum, type Curriculum } from './curriculum.ts'
import { curriculumSeries } from './curriculum-series.ts'
import { levelOutcomes } from './level-outcomes.ts'
import type { LevelEditor, LevelTools } from './level-tools.ts'
import type { ReplayOptions } from './options.ts'
import type { LevelScore } from './regret.ts'

export type CurriculumMethod = {
  readonly name: string
  readonly ppo: PpoSettings
  readonly options: ReplayOptions
  readonly score: LevelScore
  /** Default: no batch is mutated. */
  readonly mutate?: <Level>(editor: LevelEditor<Level>, level: Level, random: Rng) => Level
}

/**
 * PPO on batches that a curriculum chooses. An iteration plays batches, each from new episodes, until one is replayed,
 * and learns from that one: its steps are those learned from, and the series has all steps played.
 */
export function createCurriculumMethod(method: CurriculumMethod): Method {
  const { environments, rolloutSteps } = method.ppo
  return {
    name: method.name,
    stateParts: [trainerPart],
    stepsPerIteration: environments * rolloutSteps,
    async start(setup) {
      const tools = toolsOf(method, setup.world)
      const curriculum = createCurriculum({ ...rulesOf(method, setup, tools), score: method.score, tools })
      const trainer = await createLevelTrainer(method.ppo, setup, curriculum.source)
      return toTraining({ trainer, curriculum, tools, ppo: method.ppo, discount: setup.world.discount })
    },
  }
}

function toolsOf<Level>(
  { name, score, mutate }: CurriculumMethod,
  world: TrainingSetup<Level>['world'],
): LevelTools<Level> {
  const { levelTools: tools, continuing } = world
  if (continuing) throw new RangeError(`${name} needs episodes that end`)
  if (tools === undefined) throw new RangeError(`${name} needs levels that can be stored`)
  if (score === 'oracle-latest' && tools.optimum === null) throw new RangeError('oracle-latest needs a solver')
  if (mutate !== undefined && tools.design === null) throw new RangeError(`${name} needs edits of levels`)
  return tools
}

function rulesOf<Level>(method: CurriculumMethod, { world, stream }: TrainingSetup<Level>, tools: LevelTools<Level>) {
  const { design } = tools
  const { mutate, options, ppo } = method
  return {
    options,
    levelOf: world.levelOf,
    size: ppo.environments,
    stream,
    mutate:
      mutate === undefined || design === null ? null : (level: Level, random: Rng) => mutate(design, level, random),
  }
}

type Parts<Level> = {
  readonly trainer: PpoTrainer
  readonly curriculum: Curriculum<Level>
  readonly tools: LevelTools<Level>
  readonly ppo: PpoSettings
  readonly discount: number
}

function toTraining<Level>(parts: Parts<Level>): Training {
  const { trainer, curriculum, tools } = parts
  return {
    iterate: () => iterate(parts),
    stepsDone: trainer.stepsDone,
    levelsDrawn: () => null,
    favouriteLevels: (count) =>
      curriculum.buffer
        .entries()
        .filter(({ replays }) => replays > 0)
        .toSorted((a, b) => b.score - a.score)
        .slice(0, count)
        .map(({ level, score, replays, mutations }) => ({ level: tools.text(level), score, replays, mutations })),
    ...checkpointOf(trainer),
    dispose: trainer.dispose,
  }
}

async function iterate<Level>({ trainer, curriculum, tools, ppo, discount }: Parts<Level>): Promise<Iteration> {
  const onNew: EpisodeMetrics[] = []
  while (true) {
    const kind = curriculum.advance()
    const played = await trainer.playFromStart()
    curriculum.finish(levelOutcomes(played, ppo.environments, discount))
    if (kind === 'generate') onNew.push(played.episodes)
    if (kind !== 'replay') continue
    const iteration = describeIteration(await trainer.learn(played))
    return {
      ...iteration,
      series: {
        ...iteration.series,
        [environmentSteps.played]: trainer.stepsPlayed(),
        'return on new levels': meanReturn(onNew),
        ...curriculumSeries(curriculum, tools),
      },
    }
  }
}

function meanReturn(metrics: readonly EpisodeMetrics[]): Measured {
  const finished = metrics.reduce((sum, one) => sum + one.finished, 0)
  const total = metrics.reduce((sum, one) => sum + (one.return ?? 0) * one.finished, 0)
  return finished === 0 ? { missing: 'no new level was played in this iteration' } : total / finished
}
