import { createIndexedLevels, type LevelSource } from '../../levels/level-source.ts'
import type { Iteration, Method, Training, TrainingWorld } from '../method.ts'
import type { PpoSettings } from '../ppo/ppo-method.ts'
import { checkpointOf, trainerPart } from '../ppo/trainer-checkpoint.ts'
import { createPpoTrainer, type IterationMetrics, type PpoTrainer } from '../ppo/trainer.ts'
import { cloningLoss } from './cloning-loss.ts'

export type CloningOptions = {
  /**
   * Who plays the episodes that are learned from. `demonstrator`: behavioural cloning. `policy`: the policy itself,
   * corrected by the demonstrator, as in DAgger (Ross et al., 2011, arXiv 1011.0686).
   */
  readonly player: 'demonstrator' | 'policy'
}

/**
 * Supervised learning of a demonstrator's actions on the training levels, with the networks, rollouts and optimiser of
 * PPO and without its objective: rewards train the value alone.
 */
export function createCloningMethod(settings: PpoSettings, { player }: CloningOptions): Method {
  const { environments, rolloutSteps } = settings
  const stepsPerIteration = environments * rolloutSteps
  return {
    name: 'cloning',
    stateParts: [trainerPart],
    stepsPerIteration,
    async start({ world, iterations, ...setup }) {
      const { discount, proxyAggregate, continuing } = world
      const simulator = world.simulator(environments)
      const { levels, levelOf } = rememberLevels(createIndexedLevels(environments, world.levelOf))
      const demonstrator = demonstratorOf(world)(simulator, levelOf)
      const trainer = await createPpoTrainer({
        ...setup,
        options: { ...settings, discount, totalSteps: iterations * stepsPerIteration },
        simulator,
        levels,
        proxyAggregate,
        continuing,
        objective: cloningLoss,
        demonstration: { demonstrator, player },
      })
      return toTraining(trainer)
    },
  }
}

function demonstratorOf<Level>({ demonstrator }: TrainingWorld<Level>) {
  if (demonstrator === undefined) throw new RangeError('the world has no demonstrator')
  return demonstrator
}

/** The source, and the level that it chose last for each slot. */
function rememberLevels<Level>(source: LevelSource<Level>) {
  const chosen: Level[] = []
  const levels: LevelSource<Level> = {
    ...source,
    next: (slot, episode) => (chosen[slot] = source.next(slot, episode)),
    current: (slot, episode) => (chosen[slot] = source.current(slot, episode)),
  }
  return { levels, levelOf: (slot: number) => chosen[slot] }
}

function toTraining(trainer: PpoTrainer): Training {
  return {
    iterate: async () => describeCloning(await trainer.iterate()),
    stepsDone: trainer.stepsDone,
    levelsDrawn: trainer.episodesBegun,
    favouriteLevels: () => null,
    ...checkpointOf(trainer),
    dispose: trainer.dispose,
  }
}

function describeCloning({ iteration, steps, episodes, window, learningRate, updates }: IterationMetrics): Iteration {
  const { policyLoss, valueLoss, entropy, gradientNorm } = updates
  return {
    iteration,
    steps,
    episodes,
    window,
    series: { 'learning rate': learningRate, 'cross-entropy': policyLoss, valueLoss, entropy, gradientNorm },
  }
}
