import type { Evidence, TestedSet } from '@goalpost/experiments'
import { createEvidenceFiles } from './evidence-files.ts'
import { gatherCondition, gatherSuites } from './gather.ts'

/** The suites that a report on this evidence measures, by condition. */
export function testedSuites({ conditions, artifacts }: Evidence): TestedSet[] {
  const files = createEvidenceFiles(artifacts)
  return conditions.flatMap((condition) =>
    gatherSuites(gatherCondition(condition, files)).map(({ name, facts }) => ({
      condition: condition.name,
      name,
      hash: facts.hash,
    })),
  )
}
