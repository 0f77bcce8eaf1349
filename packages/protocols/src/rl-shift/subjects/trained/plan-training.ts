import type { PlannedTask } from '@goalpost/experiments'
import { planContinuingReferences } from '../../../continuing/plan-references.ts'
import { workSort } from '../../../worlds/work-sort.ts'
import type { TrainedOptions } from '../../spec.ts'
import { groupAlphas, methodBesidePpoOf } from './method-options.ts'
import { checkpointIterations, checkpointSteps, stepsPerIteration } from './checkpoint-steps.ts'
import { planEvaluation, trainKey } from './plan-evaluation.ts'
import { trainTask } from './train-task.ts'

/** The training, the evaluation of each checkpoint, and the reference policies if the world is never reset. */
export function planTraining(options: TrainedOptions, seed: number): PlannedTask[] {
  const steps = checkpointSteps(options)
  return [
    planTrain(options, seed),
    ...steps.map((step) => planEvaluation(options, seed, { step, last: step === steps.at(-1) })),
    ...planContinuingReferences(options),
  ]
}

function planTrain(options: TrainedOptions, seed: number): PlannedTask {
  const checkpoints = checkpointIterations(options)
  const iterations = checkpoints.at(-1) ?? 1
  const { environment, parameters, alpha, levels, network, ppo } = options
  const method = methodBesidePpoOf(options)
  // PPO alone is not named: equal trainings keep the identity from when there was no other method.
  const named = method === null ? {} : { method }
  const groups = groupAlphas(options)
  return trainTask.plan(
    {
      environment,
      parameters,
      alpha,
      ...(groups === null ? {} : { groups }),
      levels,
      iterations,
      checkpoints,
      network,
      ...named,
      ppo,
    },
    {
      key: trainKey,
      seed,
      needs: [],
      work: {
        unit: 'environment steps',
        amount: iterations * stepsPerIteration(options),
        sort: workSort(options, { network, ppo, ...named }),
      },
      rank: 0,
    },
  )
}
