import { createIndexedLevels } from '../../levels/level-source.ts'
import { demonstratorOf, rememberLevels } from '../demonstrators.ts'
import type { Method } from '../method.ts'
import { toTraining, type PpoSettings } from '../ppo/ppo-method.ts'
import { trainerPart } from '../ppo/trainer-checkpoint.ts'
import { createPpoTrainer } from '../ppo/trainer.ts'

export type ProcessSupervisionOptions = {
  /** Whose action is right. `proxy-oracle` is a supervisor with the wrong goal. */
  readonly judge: 'true-oracle' | 'proxy-oracle'
  /** What a wrong step costs. */
  readonly weight: number
  /** Whether the world's own rewards are learned from, too. */
  readonly outcome: boolean
}

/**
 * PPO on rewards for single steps, given by a judge that knows the way, instead of rewards for how an episode ends
 * (Uesato et al., 2022, arXiv 2211.14275; Lightman et al., 2023, arXiv 2305.20050).
 */
export function createProcessSupervisionMethod(
  settings: PpoSettings,
  { judge, weight, outcome }: ProcessSupervisionOptions,
): Method {
  const { environments, rolloutSteps } = settings
  const stepsPerIteration = environments * rolloutSteps
  return {
    name: 'process-supervision',
    stateParts: [trainerPart],
    stepsPerIteration,
    async start({ world, iterations, ...setup }) {
      const { discount, proxyAggregate, continuing } = world
      const simulator = world.simulator(environments)
      const { levels, levelOf } = rememberLevels(createIndexedLevels(environments, world.levelOf))
      const policy = demonstratorOf(world)(simulator, levelOf, judge)
      const trainer = await createPpoTrainer({
        ...setup,
        options: { ...settings, discount, totalSteps: iterations * stepsPerIteration },
        simulator,
        levels,
        proxyAggregate,
        continuing,
        judge: { policy, weight, outcome },
      })
      return toTraining(trainer)
    },
  }
}
