import type { TrainingSetup } from '../method.ts'
import type { PpoSettings } from '../ppo/ppo-method.ts'
import type { LevelSource } from '../../levels/level-source.ts'
import { createPpoTrainer, type PpoTrainer } from '../ppo/trainer.ts'

/** PPO whose levels come from a search or curriculum instead of the world's distribution. */
export function createLevelTrainer<Level>(
  ppo: PpoSettings,
  { world, iterations, ...setup }: TrainingSetup<Level>,
  levels: LevelSource<Level>,
): Promise<PpoTrainer> {
  const { discount, proxyAggregate } = world
  return createPpoTrainer({
    ...setup,
    options: { ...ppo, discount, totalSteps: iterations * ppo.environments * ppo.rolloutSteps },
    simulator: world.simulator(ppo.environments),
    levels,
    proxyAggregate,
  })
}
