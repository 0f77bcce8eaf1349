import { withToldChannel, type Place } from '../../acting/told-goal.ts'
import { createIndexedLevels } from '../../levels/level-source.ts'
import { createNetwork, type Network } from '../../networks/network.ts'
import type { Rng, Stream } from '@goalpost/random'
import type { Method, TrainingWorld } from '../method.ts'
import { toTraining, type PpoSettings } from '../ppo/ppo-method.ts'
import { trainerPart } from '../ppo/trainer-checkpoint.ts'
import { createPpoTrainer } from '../ppo/trainer.ts'
import { instructSimulator, type ToldLevel } from './instruct-simulator.ts'

export type GoalConditionedOptions = {
  /**
   * Share of the levels whose goal is told, and rewarded, elsewhere than where its sign is shown. 0: the instruction always
   * agrees with the sign, and with the proxy where the sign does: the control.
   */
  readonly elsewhere: number
  /**
   * What the instruction says. `told`: the rewarded place; as controls `shuffled`: that of another level, and `none`: nothing.
   * Levels and rewards are the same for all three.
   */
  readonly instruction: 'told' | 'shuffled' | 'none'
}

/** What telling goals needs to know of levels. All of it is read from the level alone, never from a suite. */
export type Instructor<Level> = {
  placeOf(level: Level): Place
  /** The level with its goal anywhere that may be told in training. */
  moveGoal(level: Level, random: Rng): Level
  /** The channel of the observations that shows only the goal. */
  readonly channel: number
}

/**
 * PPO with the goal's place as an input. In some levels the place is not the one where the world shows its goal, so that
 * only the instruction tells what is rewarded.
 */
export function createGoalConditionedMethod(settings: PpoSettings, options: GoalConditionedOptions): Method {
  const { environments, rolloutSteps } = settings
  const stepsPerIteration = environments * rolloutSteps
  return {
    name: 'goal-conditioned',
    stateParts: [trainerPart],
    stepsPerIteration,
    async start({ world, iterations, network, ...setup }) {
      const instructor = instructorOf(world)
      const { discount, proxyAggregate } = world
      const levelOf = tellLevels(world.levelOf, instructor, { ...options, stream: setup.stream.named('instructions') })
      const trainer = await createPpoTrainer({
        ...setup,
        network: withInstruction(network),
        options: { ...settings, discount, totalSteps: iterations * stepsPerIteration },
        simulator: instructSimulator(world.simulator(environments), {
          shape: network.interface.observation,
          channel: instructor.channel,
        }),
        levels: createIndexedLevels(environments, levelOf),
        proxyAggregate,
      })
      // Levels whose goal was moved are not those of the mixture.
      return { ...toTraining(trainer), levelsDrawn: () => null }
    },
  }
}

function instructorOf<Level>({ instructor, continuing }: TrainingWorld<Level>): Instructor<Level> {
  if (continuing) throw new RangeError('goal-conditioned needs episodes that end')
  if (instructor === undefined) throw new RangeError('goal-conditioned needs goals with a place')
  return instructor
}

/** The same network with the told goal as a further channel, in which one cell is set. */
function withInstruction({ spec, interface: made }: Network): Network {
  if (made.element === 'byte') throw new RangeError('goals can be told in observations of bits only')
  const [, , channels] = made.observation
  return createNetwork(spec, {
    ...made,
    observation: withToldChannel(made.observation),
    ...(made.oneHot === undefined ? {} : { oneHot: [...made.oneHot, channels] }),
  })
}

type Telling = GoalConditionedOptions & { readonly stream: Stream }

/** The told level of an index; it depends on nothing else. Shuffled instructions are those of the next level. */
function tellLevels<Level>(
  levelOf: (index: number) => Level,
  { placeOf, moveGoal }: Instructor<Level>,
  { elsewhere, instruction, stream }: Telling,
): (index: number) => ToldLevel<Level> {
  const rewardedOf = (index: number) => {
    const level = levelOf(index)
    const random = stream.at(index)
    return random.uniform() < elsewhere ? moveGoal(level, random) : level
  }
  const instructions = {
    told: (index: number) => placeOf(rewardedOf(index)),
    shuffled: (index: number) => placeOf(rewardedOf(index + 1)),
    none: () => null,
  }
  return (index) => {
    const level = rewardedOf(index)
    return { level, rewarded: placeOf(level), told: instructions[instruction](index), shown: placeOf(levelOf(index)) }
  }
}
