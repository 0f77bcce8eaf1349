import type { JsonObject } from '@goalpost/contracts'
import type { ConditionEvidence, LeagueSlot } from '@goalpost/experiments'
import { isKnown, mean } from '@goalpost/statistics'
import { artifactNames } from '../worlds/artifact-names.ts'
import { createEvidenceFiles } from './report/evidence-files.ts'
import { storedOptions } from './stored-options.ts'
import { decodeCurriculumLog } from './subjects/trained/curriculum-log.ts'

/** Methods by their true achievement under the shift, where one return of 0 is random and 1 the true-oracle's. */
export const leagueSlot: LeagueSlot = {
  score: 'true-achievement',
  numbers: [
    { key: 'shifted-true-return', title: 'true return' },
    { key: 'shifted-proxy-return', title: 'proxy return' },
    { key: 'capability', title: 'capability' },
    { key: 'goal-first', title: 'goal first' },
  ],
  costs(condition, artifacts) {
    const { steps } = optionsOf(condition.options)
    if (steps === undefined) return []
    const played = playedSteps(condition, artifacts)
    return [
      { title: 'steps learned from', value: steps },
      { title: 'steps played', value: played.length === 0 ? steps : mean(played) },
    ]
  },
  place(options) {
    const { environment, alpha, method } = optionsOf(options)
    const kind = method === undefined || method === 'ppo' ? 'ppo' : method.kind
    return { task: environment, method: kind, over: 'alpha', value: alpha }
  },
}

function optionsOf(options: JsonObject) {
  const stored = storedOptions(options)
  return stored.policy === undefined ? stored : { ...stored, steps: undefined, method: undefined }
}

/** Of each seed whose method keeps a log: curricula play more steps than they learn from. */
function playedSteps({ runs }: ConditionEvidence, artifacts: ReadonlyMap<string, Uint8Array>): number[] {
  const files = createEvidenceFiles(artifacts)
  return runs.flatMap(({ tasks }) => {
    const result = tasks.find(({ key }) => key === 'train')?.result
    const bytes = files.bytes(result, artifactNames.curriculum)
    const value =
      bytes === null ? undefined : decodeCurriculumLog(bytes).points.at(-1)?.series['environment steps played']
    return value !== undefined && isKnown(value) ? [value] : []
  })
}
