import type { LevelPlan } from '@goalpost/environments'
import { SnapshotError } from '../../snapshots/sections.ts'
import { sharesIn } from '../curriculum/curriculum-series.ts'
import { unplayedLevel, type JudgedLevel } from '../curriculum/judged-level.ts'
import { levelOutcomes, type LevelOutcome } from '../curriculum/level-outcomes.ts'
import type { LevelTools } from '../curriculum/level-tools.ts'
import { environmentSteps } from '../environment-steps.ts'
import type { Iteration, Method, Training, TrainingSetup, TrainingWorld } from '../method.ts'
import { describeIteration, type PpoSettings } from '../ppo/ppo-method.ts'
import { trainerPart } from '../ppo/trainer-checkpoint.ts'
import { createPpoTrainer, type PpoTrainer } from '../ppo/trainer.ts'
import { createBuilder, type Builder } from './builder.ts'
import { createBuiltLevels, type BuiltLevels } from './built-levels.ts'

export type PairedOptions = {
  /** Walls that the builder may place, at most one in each step. */
  readonly walls: number
  /** What the builder is rewarded with: `regret`, or `none`: it learns nothing and builds at random, as a control. */
  readonly reward: 'regret' | 'none'
}

/** Levels by plan, of this training. */
export type LevelBuilder<Level> = {
  readonly rows: number
  readonly columns: number
  build(plan: LevelPlan): Level
}

/**
 * PAIRED (Dennis et al., 2020, arXiv 2012.02096): a policy builds the levels that two others play, and is rewarded with the
 * regret that it finds: the best return of the one, the antagonist, − the mean return of the other, the protagonist. The
 * protagonist is what is trained.
 */
export function createPairedMethod(ppo: PpoSettings, options: PairedOptions): Method {
  const { environments, rolloutSteps } = ppo
  return {
    name: 'paired',
    stateParts: [trainerPart, ...rivals.flatMap((name) => [policyPart(name), statePart(name)])],
    stepsPerIteration: environments * rolloutSteps,
    async start(setup) {
      const team = await startTeam(ppo, options, setup)
      const { protagonist, antagonist, builder, levels, tools } = team
      return {
        iterate: () => iterate(team, { ppo, options, discount: setup.world.discount }),
        stepsDone: protagonist.stepsDone,
        levelsDrawn: () => null,
        favouriteLevels: (count) =>
          levels
            .current()
            .filter(({ replays }) => replays > 0)
            .toSorted((a, b) => b.score - a.score)
            .slice(0, count)
            .map(({ level, score, replays, mutations }) => ({ level: tools.text(level), score, replays, mutations })),
        ...checkpointOf(protagonist, { antagonist, builder: builder.trainer }),
        dispose() {
          for (const trainer of [protagonist, antagonist, builder.trainer]) trainer.dispose()
        },
      }
    },
  }
}

const rivals = ['antagonist', 'builder'] as const
const policyPart = (name: string) => `${name}-policy`
const statePart = (name: string) => `${name}-state`

type Team<Level> = {
  readonly protagonist: PpoTrainer
  readonly antagonist: PpoTrainer
  readonly builder: Builder
  readonly levels: BuiltLevels<Level>
  readonly tools: LevelTools<Level>
  readonly build: (plan: LevelPlan) => Level
}

function abilitiesOf<Level>({ continuing, builder, levelTools: tools }: TrainingWorld<Level>) {
  if (continuing) throw new RangeError('paired needs episodes that end')
  if (builder === undefined || tools === undefined) throw new RangeError('paired needs levels that can be built')
  return { builder, tools }
}

async function startTeam<Level>(
  ppo: PpoSettings,
  { walls }: PairedOptions,
  { world, iterations, stream, ...setup }: TrainingSetup<Level>,
): Promise<Team<Level>> {
  const { builder: site, tools } = abilitiesOf(world)
  const { environments, rolloutSteps } = ppo
  // Played by nobody: every rollout starts with levels that were built.
  const first = Array.from({ length: environments }, (_, index) => unplayedLevel(world.levelOf(index), tools))
  const levels = createBuiltLevels(first, tools)
  const student = (name: string) =>
    createPpoTrainer({
      ...setup,
      stream: stream.named(name),
      options: { ...ppo, discount: world.discount, totalSteps: iterations * environments * rolloutSteps },
      simulator: world.simulator(environments),
      levels: levels.source,
      proxyAggregate: world.proxyAggregate,
    })
  const { engine, yieldToEventLoop } = setup
  const { rows, columns } = site
  const building = { engine, yieldToEventLoop, ppo, iterations, site: { rows, columns, walls } }
  return {
    protagonist: await student('protagonist'),
    antagonist: await student('antagonist'),
    builder: await createBuilder({ ...building, stream: stream.named('builder') }),
    levels,
    tools,
    build: site.build,
  }
}

type Rules = { readonly ppo: PpoSettings; readonly options: PairedOptions; readonly discount: number }

async function iterate<Level>(
  { protagonist, antagonist, builder, levels, tools, build }: Team<Level>,
  { ppo, options, discount }: Rules,
): Promise<Iteration> {
  const plans = await builder.build()
  levels.replace(plans.map((plan) => unplayedLevel(build(plan), tools)))
  const played = await protagonist.playFromStart()
  const rival = await antagonist.playFromStart()
  const [own, other] = [played, rival].map((rollout) => levelOutcomes(rollout, ppo.environments, discount))
  const regrets = regretsOf(own, other)
  levels.replace(levels.current().map((entry, slot) => judge(entry, regrets[slot])))
  const iteration = describeIteration(await protagonist.learn(played))
  await antagonist.learn(rival)
  if (options.reward === 'regret') await builder.reward(regrets)
  return {
    ...iteration,
    series: {
      ...iteration.series,
      [environmentSteps.learned]: protagonist.stepsDone() + antagonist.stepsDone(),
      [environmentSteps.played]: protagonist.stepsPlayed() + antagonist.stepsPlayed(),
      'regret of the protagonist': mean(regrets),
      'return of the antagonist': mean(other.map(({ meanReturn }) => meanReturn)),
      'walls built': mean(plans.map(({ walls }) => walls.length)),
      ...sharesIn('batch', levels.current(), tools),
    },
  }
}

/** By slot. Negative where the protagonist is the better one. */
export function regretsOf(protagonist: readonly LevelOutcome[], antagonist: readonly LevelOutcome[]): number[] {
  return protagonist.map(({ meanReturn }, slot) => antagonist[slot].bestReturn - meanReturn)
}

function judge<Level>(entry: JudgedLevel<Level>, score: number): JudgedLevel<Level> {
  return { ...entry, score, replays: 1 }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

type Rivals = Readonly<Record<(typeof rivals)[number], PpoTrainer>>

function checkpointOf(protagonist: PpoTrainer, others: Rivals): Pick<Training, 'save' | 'restore'> {
  return {
    async save() {
      const { policy, training } = await protagonist.save()
      const state: Record<string, Uint8Array> = { [trainerPart]: training }
      for (const name of rivals) {
        const parts = await others[name].save()
        state[policyPart(name)] = parts.policy
        state[statePart(name)] = parts.training
      }
      return { policy, state }
    },
    restore({ policy, state }) {
      const read = (name: string): Uint8Array => {
        const part = state[name]
        if (part === undefined) throw new SnapshotError(`its part ${name} is missing`)
        return part
      }
      const own = { policy, training: read(trainerPart) }
      const stored = rivals.map((name) => ({ policy: read(policyPart(name)), training: read(statePart(name)) }))
      protagonist.check(own)
      for (const [i, name] of rivals.entries()) others[name].check(stored[i])
      protagonist.restore(own)
      for (const [i, name] of rivals.entries()) others[name].restore(stored[i])
    },
  }
}
