import { joinMembers, membersOf } from '../../snapshots/ensemble-snapshot.ts'
import { encodePolicySnapshot, parsePolicySnapshot } from '../../snapshots/policy-snapshot.ts'
import { SnapshotError } from '../../snapshots/sections.ts'
import type { Method, Training, TrainingParts, TrainingSetup } from '../method.ts'
import { describeIteration, type PpoSettings } from '../ppo/ppo-method.ts'
import { createPpoTrainer, type PpoTrainer } from '../ppo/trainer.ts'
import { memberSources, type EnsembleOptions } from './members.ts'
import { mergeIterations } from './merge-iterations.ts'

const partOf = (k: number) => `member-${k + 1}`

/**
 * K policies, each trained with PPO for all steps, that act as one. Where they disagree, they may not know what the goal
 * is: the evaluation lets them ask for help there.
 */
export function createEnsembleMethod(settings: PpoSettings, options: EnsembleOptions): Method {
  const { members, vote } = options
  return {
    name: 'ensemble',
    stateParts: Array.from({ length: members }, (_, k) => partOf(k)),
    stepsPerIteration: settings.environments * settings.rolloutSteps,
    async start(setup) {
      if (setup.world.continuing) throw new RangeError('an ensemble needs episodes that end')
      const trainers = await startMembers(settings, options, setup)
      return {
        async iterate() {
          const iterations = []
          for (const trainer of trainers) iterations.push(describeIteration(await trainer.iterate()))
          return mergeIterations(iterations)
        },
        stepsDone: () => trainers[0].stepsDone(),
        levelsDrawn: () => levelsOf(trainers, options),
        favouriteLevels: () => null,
        ...checkpointOf(trainers, vote),
        dispose() {
          for (const trainer of trainers) trainer.dispose()
        },
      }
    },
  }
}

async function startMembers<Level>(
  settings: PpoSettings,
  options: EnsembleOptions,
  { world, iterations, stream, ...setup }: TrainingSetup<Level>,
): Promise<readonly PpoTrainer[]> {
  const { environments: slots, rolloutSteps } = settings
  const { discount, proxyAggregate, levelOf } = world
  const trainers: PpoTrainer[] = []
  for (const source of memberSources(options, { slots, levelOf, stream }))
    trainers.push(
      await createPpoTrainer({
        ...setup,
        ...source,
        options: { ...settings, discount, totalSteps: iterations * slots * rolloutSteps },
        simulator: world.simulator(slots),
        proxyAggregate,
      }),
    )
  return trainers
}

/** By slot of all members together; equal members draw the same levels. */
function levelsOf(trainers: readonly PpoTrainer[], { diversity }: EnsembleOptions): Int32Array {
  const drawn = trainers.map((trainer) => trainer.episodesBegun())
  return diversity === 'none' ? drawn[0] : Int32Array.from(drawn.flatMap((slots) => [...slots]))
}

function checkpointOf(
  trainers: readonly PpoTrainer[],
  vote: EnsembleOptions['vote'],
): Pick<Training, 'save' | 'restore'> {
  return {
    async save() {
      const parts = []
      for (const trainer of trainers) parts.push(await trainer.save())
      return {
        policy: encodePolicySnapshot(
          joinMembers(
            parts.map(({ policy }) => parsePolicySnapshot(policy)),
            vote,
          ),
        ),
        state: Object.fromEntries(parts.map(({ training }, k) => [partOf(k), training])),
      }
    },
    restore(parts) {
      const stored = splitParts(parts, trainers.length)
      for (const [k, trainer] of trainers.entries()) trainer.check(stored[k])
      for (const [k, trainer] of trainers.entries()) trainer.restore(stored[k])
    },
  }
}

/** What each member's trainer saved. */
function splitParts({ policy, state }: TrainingParts, count: number) {
  const members = membersOf(parsePolicySnapshot(policy))
  if (members?.length !== count) throw new SnapshotError(`it does not hold ${count} members`)
  return members.map((member, k) => {
    const training = state[partOf(k)]
    if (training === undefined) throw new SnapshotError(`its part ${partOf(k)} is missing`)
    return { policy: encodePolicySnapshot(member), training }
  })
}
