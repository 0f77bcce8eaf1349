import { z } from 'zod'
import { defineTask } from '@goalpost/protocol-kit'
import { environmentVersion } from '../../../worlds/environment-version.ts'
import { methodBesidePpo } from './method-options.ts'
import { network } from './network-options.ts'
import { ppo } from './ppo-options.ts'
import { trainedLevels } from './trained-levels.ts'
import { trainingVersion } from './training-version.ts'

/** Raised whenever curricula choose, score or edit levels differently. */
const curriculumVersion = '1'
/** Raised whenever demonstrations are recorded or learned differently. */
const cloningVersion = '1'
/** Raised whenever groups are weighed differently. */
const invarianceVersion = '2'
/** Raised whenever steps are judged or rewarded differently. */
const processSupervisionVersion = '1'

/** Raised whenever members of ensembles are trained or vote differently. */
const ensembleVersion = '1'

/** Raised whenever goals are told differently. */
const goalConditionedVersion = '1'

/** Raised whenever modules are trained or joined differently. */
const modularVersion = '1'

/** Raised whenever episodes are described, judged or rewarded differently. */
const judgeVersion = '1'
/** Raised whenever models are asked for verdicts, or their answers read, differently. */
const hostedJudgeVersion = '1'

/** Raised whenever attacks search, or are learned from, differently. */
const adversarialVersion = '2'

/** Raised whenever levels are built, or builders rewarded, differently. */
const pairedVersion = '1'

const trainInputs = trainedLevels.extend({
  iterations: z.int(),
  /** Iterations after which the policy and the training state are kept; the first is 0, the last is the end. */
  checkpoints: z.array(z.int()).readonly(),
  network,
  /** Absent for PPO alone: stored trainings do not name it. */
  method: methodBesidePpo.optional(),
  ppo,
})
export type TrainInputs = z.infer<typeof trainInputs>

export const trainTask = defineTask({
  name: 'train',
  inputs: trainInputs,
  versions: ({ environment, method }) => ({
    ...environmentVersion(environment),
    training: trainingVersion,
    ...methodVersion(method),
  }),
})

function methodVersion(method: TrainInputs['method']): Readonly<Record<string, string>> {
  switch (method?.kind) {
    case undefined:
      return {}
    case 'cloning':
      return { cloning: cloningVersion }
    case 'invariance':
      return { invariance: invarianceVersion }
    case 'process-supervision':
      return { 'process-supervision': processSupervisionVersion }
    case 'ensemble':
      return { ensemble: ensembleVersion }
    case 'adversarial':
      return { adversarial: adversarialVersion }
    case 'paired':
      return { paired: pairedVersion }
    case 'goal-conditioned':
      return { 'goal-conditioned': goalConditionedVersion }
    case 'modular':
      return { modular: modularVersion }
    case 'judge':
      return { judge: judgeVersion, ...(method.judge === undefined ? {} : { 'hosted-judge': hostedJudgeVersion }) }
    case 'plr':
    case 'accel':
    case 'maximin':
      return { curriculum: curriculumVersion }
  }
}
