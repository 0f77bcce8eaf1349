import {
  createAccelMethod,
  createAdversarialMethod,
  createCloningMethod,
  createEnsembleMethod,
  createGoalConditionedMethod,
  createInvarianceMethod,
  createJudgeMethod,
  createMaximinMethod,
  createModularMethod,
  createPairedMethod,
  createPlrMethod,
  createPpoMethod,
  createProcessSupervisionMethod,
  type Method,
} from '@goalpost/learning'
import type { TrainInputs } from '../train-task.ts'

/** To add a method: its folder in packages/learning/src/methods, its options in method-options.ts, and one case here. */
export function methodOf({ method, ppo }: Pick<TrainInputs, 'method' | 'ppo'>): Method {
  switch (method?.kind) {
    case undefined:
      return createPpoMethod(ppo)
    case 'plr':
      return createPlrMethod(ppo, method)
    case 'accel':
      return createAccelMethod(ppo, method)
    case 'maximin':
      return createMaximinMethod(ppo, method)
    case 'cloning':
      return createCloningMethod(ppo, method)
    case 'invariance':
      return createInvarianceMethod(ppo, method)
    case 'process-supervision':
      return createProcessSupervisionMethod(ppo, method)
    case 'ensemble':
      return createEnsembleMethod(ppo, method)
    case 'adversarial':
      return createAdversarialMethod(ppo, method)
    case 'paired':
      return createPairedMethod(ppo, method)
    case 'goal-conditioned':
      return createGoalConditionedMethod(ppo, method)
    case 'modular':
      return createModularMethod(ppo, method)
    case 'judge':
      return createJudgeMethod(ppo, method.judge === undefined ? method : 'asked')
  }
}
