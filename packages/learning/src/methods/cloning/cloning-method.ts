import { createIndexedLevels } from '../../levels/level-source.ts'
import { demonstratorOf, rememberLevels } from '../demonstrators.ts'
import type { Iteration, Method } from '../method.ts'
import { toTraining, type PpoSettings } from '../ppo/ppo-method.ts'
import { trainerPart } from '../ppo/trainer-checkpoint.ts'
import { createPpoTrainer, type IterationMetrics } from '../ppo/trainer.ts'
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
      return { ...toTraining(trainer), iterate: async () => describeCloning(await trainer.iterate()) }
    },
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
