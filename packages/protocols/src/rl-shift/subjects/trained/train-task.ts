import { z } from 'zod'
import { defineTask } from '@goalpost/protocol-kit'
import { environmentVersion } from '../../../worlds/environment-version.ts'
import { methodName } from './method-name.ts'
import { network } from './network-options.ts'
import { ppo } from './ppo-options.ts'
import { trainedLevels } from './trained-levels.ts'
import { trainingVersion } from './training-version.ts'

const trainInputs = trainedLevels.extend({
  iterations: z.int(),
  /** Iterations after which the policy and the training state are kept; the first is 0, the last is the end. */
  checkpoints: z.array(z.int()).readonly(),
  network,
  /** Default: PPO, because stored trainings do not name it. */
  method: methodName.optional(),
  ppo,
})
export type TrainInputs = z.infer<typeof trainInputs>

export const trainTask = defineTask({
  name: 'train',
  inputs: trainInputs,
  versions: ({ environment }) => ({ ...environmentVersion(environment), training: trainingVersion }),
})
