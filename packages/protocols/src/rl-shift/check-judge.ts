import type { InputIssue } from '@goalpost/contracts'
import { environments, type Environment } from '@goalpost/environments'
import { checkCosts } from '../hosted/check-costs.ts'
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

/** A limit needs prices, and the faults of the simulated judge are no model's. */
export function checkHostedJudge({ method }: TrainedOptions): readonly InputIssue[] {
  if (typeof method !== 'object' || method.kind !== 'judge' || method.judge === undefined) return []
  const faults = (['error', 'bias'] as const).filter((fault) => method[fault] !== 0)
  return [
    ...faults.map((fault) => ({
      pointer: `/method/${fault}`,
      message: `${fault} is of the simulated judge, and here a model judges`,
      remedy: `Leave out \`${fault}\`, or \`judge\``,
    })),
    ...checkCosts(method.judge, '/method/judge'),
  ]
}

/** Both the goal that a judge looks for and the one that it may take for it. */
function hasYesOrNoGoals({ goals: [intended, proxy] }: Environment): boolean {
  return intended.once === true && proxy.once === true
}
