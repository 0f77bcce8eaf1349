import { createIndexedLevels } from '../../levels/level-source.ts'
import { withToldChannel } from '../../networks/modular.ts'
import { createNetwork, type Network } from '../../networks/network.ts'
import type { TrainingSetup, TrainingWorld } from '../method.ts'
import type { PpoSettings } from '../ppo/ppo-method.ts'
import { createPpoTrainer, type PpoTrainer } from '../ppo/trainer.ts'
import { instructSimulator } from './instruct-simulator.ts'
import { tellLevels, type Instructor, type Telling } from './tell-levels.ts'

/** @throws RangeError if the world has none, or no episodes. `method` is named in the message. */
export function instructorOf<Level>(
  { instructor, continuing }: TrainingWorld<Level>,
  method: string,
): Instructor<Level> {
  if (continuing) throw new RangeError(`${method} needs episodes that end`)
  if (instructor === undefined) throw new RangeError(`${method} needs goals with a place`)
  return instructor
}

type Instructed<Level> = Telling & { readonly settings: PpoSettings; readonly instructor: Instructor<Level> }

/** A PPO trainer of a policy that is told a place in every level, and rewarded there. */
export async function createInstructedTrainer<Level>(
  { world, iterations, network, ...setup }: TrainingSetup<Level>,
  { settings, instructor, ...telling }: Instructed<Level>,
): Promise<PpoTrainer> {
  const { environments, rolloutSteps } = settings
  const { discount, proxyAggregate } = world
  const levelOf = tellLevels(world.levelOf, instructor, { ...telling, stream: setup.stream.named('instructions') })
  return createPpoTrainer({
    ...setup,
    network: withInstruction(network),
    options: { ...settings, discount, totalSteps: iterations * environments * rolloutSteps },
    simulator: instructSimulator(world.simulator(environments), {
      shape: network.interface.observation,
      channel: instructor.channel,
    }),
    levels: createIndexedLevels(environments, levelOf),
    proxyAggregate,
  })
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
