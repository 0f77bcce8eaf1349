import type { InputIssue } from '@goalpost/contracts'
import { environments, type Environment } from '@goalpost/environments'
import { environmentOf } from '../worlds/environment-of.ts'
import type { TrainedOptions } from './spec.ts'

/** A verdict is yes or no: refuses worlds in which an episode may reach a goal several times, or in part. */
export function checkJudgedGoals({ environment: name }: TrainedOptions): readonly InputIssue[] {
  if (hasYesOrNoGoals(environmentOf(name))) return []
  const able = [...environments.values()].filter(hasYesOrNoGoals).map((environment) => environment.name)
  return [
    {
      pointer: '/method/kind',
      message: `judge says of an episode whether it reached a goal, and in ${name} a goal can be rewarded several times, or negatively`,
      remedy: `Use ${able.join(', ')}, or another method`,
    },
  ]
}

/** Both the goal that a judge looks for and the one that it may take for it. */
function hasYesOrNoGoals({ goals: [intended, proxy] }: Environment): boolean {
  return intended.once === true && proxy.once === true
}
