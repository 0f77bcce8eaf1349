import { createIndexedLevels } from '../../levels/level-source.ts'
import { checkpointOf, trainerPart } from './trainer-checkpoint.ts'
import type { Iteration, Method, Training } from '../method.ts'
import type { PpoOptions } from './options.ts'
import { createPpoTrainer, type IterationMetrics, type PpoTrainer } from './trainer.ts'

/** The options that the world and the length of the training do not determine. */
export type PpoSettings = Omit<PpoOptions, 'discount' | 'totalSteps'>

/** Proximal policy optimisation, on levels in the order of their numbers. */
export function createPpoMethod(settings: PpoSettings): Method {
  const { environments, rolloutSteps } = settings
  const stepsPerIteration = environments * rolloutSteps
  return {
    name: 'ppo',
    stateParts: [trainerPart],
    stepsPerIteration,
    async start({ world, iterations, ...setup }) {
      const { discount, proxyAggregate, continuing } = world
      const trainer = await createPpoTrainer({
        ...setup,
        options: { ...settings, discount, totalSteps: iterations * stepsPerIteration },
        simulator: world.simulator(environments),
        levels: createIndexedLevels(environments, world.levelOf),
        proxyAggregate,
        continuing,
      })
      return toTraining(trainer)
    },
  }
}

/** A training whose whole state is that of its trainer. */
export function toTraining(trainer: PpoTrainer): Training {
  return {
    iterate: async () => describeIteration(await trainer.iterate()),
    stepsDone: trainer.stepsDone,
    levelsDrawn: trainer.episodesBegun,
    favouriteLevels: () => null,
    ...checkpointOf(trainer),
    dispose: trainer.dispose,
  }
}

/** The trainer's metrics, with its own ones as series. */
export function describeIteration({
  explainedVariance,
  learningRate,
  updates,
  ...common
}: IterationMetrics): Iteration {
  return {
    ...common,
    series: {
      'explained variance': Number.isFinite(explainedVariance) ? explainedVariance : { missing: 'returns do not vary' },
      'learning rate': learningRate,
      ...updates,
    },
  }
}
