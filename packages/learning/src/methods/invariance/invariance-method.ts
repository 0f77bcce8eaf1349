import { createIndexedLevels } from '../../levels/level-source.ts'
import { SnapshotError } from '../../snapshots/sections.ts'
import type { Measured, Method, Training } from '../method.ts'
import { describeIteration, type PpoSettings } from '../ppo/ppo-method.ts'
import { checkpointOf, trainerPart } from '../ppo/trainer-checkpoint.ts'
import { createPpoTrainer, type Played, type PpoTrainer } from '../ppo/trainer.ts'
import { createGroupWeights, type GroupWeights, type InvarianceOptions } from './group-weights.ts'
import { weighAdvantages } from './weigh-advantages.ts'

const weightsPart = 'group-weights'

/**
 * PPO on groups of levels, in which the proxy agrees with the goal to different degrees, so that a policy that relies on
 * the proxy does unequally well in them. In each iteration advantages are standardised over the whole rollout, and those
 * of a group multiplied by its weight. The world's level of index i must belong to group i mod `groups`; the number of environments is a multiple of `groups`.
 */
export function createInvarianceMethod(settings: PpoSettings, options: InvarianceOptions): Method {
  const { environments, rolloutSteps } = settings
  const stepsPerIteration = environments * rolloutSteps
  if (environments % options.groups !== 0)
    throw new RangeError(`${environments} environments cannot be divided into ${options.groups} equal groups`)
  return {
    name: 'invariance',
    stateParts: [trainerPart, weightsPart],
    stepsPerIteration,
    async start({ world, iterations, ...setup }) {
      const { discount, proxyAggregate, continuing } = world
      const weights = createGroupWeights(options)
      const last: { returns: readonly (number | null)[] } = { returns: [] }
      const trainer = await createPpoTrainer({
        ...setup,
        // Standardised here, before groups are weighed: to centre weighed advantages would turn a weight of 0 into a push.
        options: { ...settings, standardizeAdvantages: false, discount, totalSteps: iterations * stepsPerIteration },
        simulator: world.simulator(environments),
        levels: createIndexedLevels(environments, world.levelOf),
        proxyAggregate,
        continuing,
        reweigh(played) {
          last.returns = groupReturns(played, options.groups)
          weights.update(last.returns)
          weighAdvantages(played.advantages, weights.current(), settings.standardizeAdvantages)
        },
      })
      return toTraining(trainer, weights, () => last.returns)
    },
  }
}

/** Undiscounted true return per episode that ended, by group; per step, if the world is never reset. */
function groupReturns({ rewards, terminated, truncated, window }: Played, groups: number): (number | null)[] {
  const totals = new Float64Array(groups)
  const ends = new Float64Array(groups)
  for (let i = 0; i < rewards.length; i++) {
    totals[i % groups] += rewards[i]
    if (window !== null || terminated[i] === 1 || truncated[i] === 1) ends[i % groups] += 1
  }
  return Array.from(totals, (total, group) => (ends[group] === 0 ? null : total / ends[group]))
}

function toTraining(trainer: PpoTrainer, weights: GroupWeights, returns: () => readonly (number | null)[]): Training {
  const { save, restore } = checkpointOf(trainer)
  return {
    async iterate() {
      const iteration = describeIteration(await trainer.iterate())
      return { ...iteration, series: { ...iteration.series, ...describeGroups(weights.current(), returns()) } }
    },
    stepsDone: trainer.stepsDone,
    levelsDrawn: trainer.episodesBegun,
    favouriteLevels: () => null,
    async save() {
      const { policy, state } = await save()
      const bytes = new TextEncoder().encode(JSON.stringify(weights.current()))
      return { policy, state: { ...state, [weightsPart]: bytes } }
    },
    restore(parts) {
      const bytes = parts.state[weightsPart]
      if (bytes === undefined) throw new SnapshotError(`its part ${weightsPart} is missing`)
      const stored = parseWeights(bytes, weights.current().length)
      restore(parts)
      weights.restore(stored)
    },
    dispose: trainer.dispose,
  }
}

function parseWeights(bytes: Uint8Array, groups: number): readonly number[] {
  const stored: unknown = JSON.parse(new TextDecoder().decode(bytes))
  if (!Array.isArray(stored) || stored.length !== groups || !stored.every((weight) => typeof weight === 'number'))
    throw new SnapshotError('it belongs to a training with other groups')
  return stored
}

function describeGroups(
  weights: readonly number[],
  returns: readonly (number | null)[],
): Readonly<Record<string, Measured>> {
  return Object.fromEntries(
    weights.flatMap((weight, group) => [
      [`return of group ${group + 1}`, returns[group] ?? { missing: 'no episode of the group ended' }],
      [`weight of group ${group + 1}`, weight],
    ]),
  )
}
