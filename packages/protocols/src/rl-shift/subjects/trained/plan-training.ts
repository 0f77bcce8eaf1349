import type { PlannedTask } from '@goalpost/experiments'
import { planAnchors } from '../../../continuing/plan-anchors.ts'
import { environmentVersion } from '../../../worlds/environment-version.ts'
import { workSort } from '../../../worlds/work-sort.ts'
import type { TrainedOptions } from '../../spec.ts'
import { checkpointIterations, checkpointSteps, stepsPerIteration } from './checkpoint-steps.ts'
import { evaluateTask } from './plan-evaluation.ts'
import type { TrainInputs } from './train-inputs.ts'
import { trainingVersion } from './training-version.ts'

/** The training, the evaluation of each of its checkpoints, and where nothing is ever reset what references do there. */
export function planTraining(options: TrainedOptions, seed: number): PlannedTask[] {
  const steps = checkpointSteps(options)
  return [
    trainTask(options, seed),
    ...steps.map((step) => evaluateTask(options, seed, { step, last: step === steps.at(-1) })),
    ...planAnchors(options),
  ]
}

function trainTask(options: TrainedOptions, seed: number): PlannedTask {
  const checkpoints = checkpointIterations(options)
  const iterations = checkpoints.at(-1) ?? 1
  const { environment, parameters, alpha, levels, network, ppo } = options
  const inputs: TrainInputs = {
    environment,
    parameters,
    alpha,
    levels,
    iterations,
    checkpoints,
    network,
    ppo,
  } as TrainInputs
  return {
    key: 'train',
    kind: 'train',
    inputs,
    versions: { ...environmentVersion(environment), training: trainingVersion },
    seed,
    needs: [],
    work: {
      unit: 'environment steps',
      amount: iterations * stepsPerIteration(options),
      sort: workSort(options, { network, ppo }),
    },
    rank: 0,
  }
}
