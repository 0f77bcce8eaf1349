import { smallOptions } from '../../test/train-corridor.ts'
import { describeMethod } from '../../test/method-conformance.ts'
import { createAccelMethod, defaultAccelOptions } from './accel/accel-method.ts'
import { createAdversarialMethod } from './adversarial/adversarial-method.ts'
import { createCloningMethod } from './cloning/cloning-method.ts'
import { createEnsembleMethod } from './ensemble/ensemble-method.ts'
import { createGoalConditionedMethod } from './goal-conditioned/goal-conditioned-method.ts'
import { createInvarianceMethod } from './invariance/invariance-method.ts'
import { createJudgeMethod } from './judge/judge-method.ts'
import { createMaximinMethod } from './maximin/maximin-method.ts'
import { createModularMethod } from './modular/modular-method.ts'
import { createPairedMethod } from './paired/paired-method.ts'
import { createPlrMethod, defaultPlrOptions } from './plr/plr-method.ts'
import { createPpoMethod } from './ppo/ppo-method.ts'
import { createProcessSupervisionMethod } from './process-supervision/process-supervision-method.ts'

const bufferSize = 40
const plr = { ...defaultPlrOptions, bufferSize }
const accel = { ...defaultAccelOptions, bufferSize }

/** To add a method, add one line here. */
describeMethod(() => createPpoMethod(smallOptions))
describeMethod(() => createPlrMethod(smallOptions, plr), { continuing: false })
describeMethod(() => createAccelMethod(smallOptions, accel), { continuing: false })
describeMethod(() => createMaximinMethod(smallOptions, plr), { continuing: false })
describeMethod(() => createCloningMethod(smallOptions, { player: 'demonstrator' }))
describeMethod(() => createCloningMethod(smallOptions, { player: 'policy' }))
describeMethod(() => createInvarianceMethod(smallOptions, { penalty: 'v-rex', groups: 2, strength: 1 }))
describeMethod(() => createInvarianceMethod(smallOptions, { penalty: 'group-dro', groups: 4, strength: 0.5 }))
describeMethod(() =>
  createProcessSupervisionMethod(smallOptions, { judge: 'true-oracle', weight: 0.1, outcome: false }),
)
// Of several trainers, or with levels of their own: less is learned from each rollout, so that this takes seconds.
const brief = { ...smallOptions, epochs: 1 }
describeMethod(() => createEnsembleMethod(brief, { members: 2, vote: 'mean', diversity: 'all' }), { continuing: false })
describeMethod(() => createGoalConditionedMethod(brief, { elsewhere: 0.5, instruction: 'told' }), {
  continuing: false,
  memory: false,
})
describeMethod(() => createAdversarialMethod(brief), { continuing: false, memory: false })
describeMethod(() => createJudgeMethod(brief, { error: 0.1, bias: 0 }), { continuing: false })
describeMethod(() => createJudgeMethod(brief, 'asked'), { continuing: false })
const modular = { goalLevels: 300, pointing: 'goal', sign: 'shown' } as const
describeMethod(() => createModularMethod(brief, modular), { continuing: false, memory: false })
describeMethod(() => createPairedMethod(brief, { walls: 1, reward: 'regret' }), { continuing: false, memory: false })
