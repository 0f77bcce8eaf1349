import { createNetwork, type Network } from '../../networks/network.ts'
import { joinModules, moduleNetwork, modulesOf } from '../../snapshots/modular-snapshot.ts'
import { encodeOptimizer, parseOptimizer } from '../../snapshots/optimizer-snapshot.ts'
import { encodePolicySnapshot, parsePolicySnapshot } from '../../snapshots/policy-snapshot.ts'
import { SnapshotError } from '../../snapshots/sections.ts'
import { createInstructedTrainer, instructorOf } from '../goal-conditioned/instructed-trainer.ts'
import type { Method, Training, TrainingParts, TrainingSetup, TrainingWorld } from '../method.ts'
import { describeIteration, type PpoSettings } from '../ppo/ppo-method.ts'
import { trainerPart } from '../ppo/trainer-checkpoint.ts'
import type { PpoTrainer } from '../ppo/trainer.ts'
import { createGoalModule, type GoalModule } from './goal-module.ts'
import { writeLessons } from './lessons.ts'

export type ModularOptions = {
  /** Different levels that the goal module learns from. Their mixture is the world's matter: `TrainingWorld.goalLevelOf`. */
  readonly goalLevels: number
  /** What the goal module is taught. `goal`: where the goal is; `random`: any free cell: a module that points at random. */
  readonly pointing: 'goal' | 'random'
  /** Whether the navigation module sees the goal's sign, which says nothing of its target. */
  readonly sign: 'shown' | 'hidden'
}

const goalPart = 'goal-module'

/**
 * A goal module that points at a place and a navigation module that goes to the place it is told, trained apart: the one
 * supervised, on first observations of levels of its own; the other by PPO, for reaching places drawn at random. Nothing that
 * concerns the goal module changes the navigation module: with equal seeds and levels of the mixture it is the same, to the
 * bit, whichever goal module it is joined with.
 */
export function createModularMethod(settings: PpoSettings, options: ModularOptions): Method {
  const name = 'modular'
  return {
    name,
    stateParts: [trainerPart, goalPart],
    stepsPerIteration: settings.environments * settings.rolloutSteps,
    async start(setup) {
      const instructor = instructorOf(setup.world, name)
      moduleNetwork(setup.network.spec)
      const telling = { elsewhere: 1, instruction: 'told', sign: options.sign } as const
      const navigator = await createInstructedTrainer(
        { ...setup, stream: setup.stream.named('navigator') },
        { settings, instructor, ...telling },
      )
      const goal = await startGoalModule(setup, settings, options)
      const unseen = options.sign === 'hidden' ? instructor.channel : null
      return toTraining({ goal, navigator, network: setup.network, unseen })
    },
  }
}

/** Levels with these numbers are learned from by none. */
const examined = 256

async function startGoalModule<Level>(
  { engine, network, world, iterations, stream, yieldToEventLoop }: TrainingSetup<Level>,
  settings: PpoSettings,
  { goalLevels, pointing }: ModularOptions,
): Promise<GoalModule> {
  const { environments, rolloutSteps } = settings
  const instructor = instructorOf(world, 'modular')
  const { spec, interface: made } = network
  const [height, width] = made.observation
  const pointer = createNetwork(spec, { ...made, actions: height * width })
  const chance = stream.named('goal places')
  const schoolbook = {
    levelOf: goalLevelsOf(world),
    simulator: world.simulator(environments),
    reading: pointer.reading,
    shape: made.observation,
    instructor,
    anywhere: pointing === 'random' ? (index: number) => chance.at(index) : null,
  }
  return createGoalModule({
    engine,
    network: pointer,
    options: { ...settings, discount: world.discount, totalSteps: iterations * environments * rolloutSteps },
    lessons: writeLessons(schoolbook, { first: 0, count: goalLevels }),
    examination: writeLessons(schoolbook, { first: goalLevels, count: examined }),
    stream: stream.named('goal module'),
    yieldToEventLoop,
  })
}

function goalLevelsOf<Level>({ goalLevelOf }: TrainingWorld<Level>): (index: number) => Level {
  if (goalLevelOf === undefined) throw new RangeError('modular needs levels for its goal module')
  return goalLevelOf
}

type Modules = {
  readonly goal: GoalModule
  readonly navigator: PpoTrainer
  /** Of the policy. */
  readonly network: Network
  readonly unseen: number | null
}

function toTraining(modules: Modules): Training {
  const { goal, navigator } = modules
  return {
    async iterate() {
      const iteration = describeIteration(await navigator.iterate())
      const { loss, right } = await goal.learn()
      return {
        ...iteration,
        series: {
          ...iteration.series,
          'loss of the goal module': loss,
          'goal-module accuracy on new levels': right,
        },
      }
    },
    stepsDone: navigator.stepsDone,
    levelsDrawn: () => null,
    favouriteLevels: () => null,
    ...checkpointOf(modules),
    dispose() {
      navigator.dispose()
      goal.dispose()
    },
  }
}

function checkpointOf({ goal, navigator, network, unseen }: Modules): Pick<Training, 'save' | 'restore'> {
  function read({ policy, state }: TrainingParts) {
    const modules = modulesOf(parsePolicySnapshot(policy))
    if (modules === null) throw new SnapshotError('it is not a policy of two modules')
    const part = (name: string): Uint8Array => {
      const bytes = state[name]
      if (bytes === undefined) throw new SnapshotError(`its part ${name} is missing`)
      return bytes
    }
    return {
      steering: { policy: encodePolicySnapshot(modules.navigator), training: part(trainerPart) },
      pointing: parseOptimizer(goalPart, part(goalPart), goal.network.size),
    }
  }
  return {
    async save() {
      const [steering, pointing] = [await navigator.save(), await goal.save()]
      const joined = joinModules({
        goal: pointing.parameters,
        navigator: parsePolicySnapshot(steering.policy).parameters,
        network: moduleNetwork(network.spec),
        unseen,
        interface: network.interface,
      })
      return {
        policy: encodePolicySnapshot(joined),
        state: { [trainerPart]: steering.training, [goalPart]: encodeOptimizer(goalPart, pointing) },
      }
    },
    restore(parts) {
      const { steering, pointing } = read(parts)
      navigator.check(steering)
      navigator.restore(steering)
      goal.restore(pointing)
    },
  }
}
