import { GoalpostError } from '@goalpost/contracts'
import type { HostedSuite } from '@goalpost/language-tasks'
import { hostedExperiments } from '../hosted-experiments.ts'
import type { HostedName } from '../hosted-options.ts'

/** @throws GoalpostError `task-failed` if this version has other items than those that were planned */
export function findSuite(planned: {
  readonly experiment: HostedName
  readonly prompts: string
  readonly suite: string
}): HostedSuite {
  const suite = hostedExperiments[planned.experiment].suite(planned.prompts)
  if (suite.hash !== planned.suite)
    throw new GoalpostError('task-failed', `The items ${planned.suite.slice(0, 8)} are not those of this version`)
  return suite
}
