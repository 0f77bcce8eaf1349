import type { ExperimentFindings } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import { readEvidence, readMeasures } from './findings.ts'
import { readNamedFindings } from './named-findings.ts'

export function createFindings(database: Database): ExperimentFindings {
  return {
    evidence: (workspaceId, id) => database.snapshot((queries) => readEvidence(queries, workspaceId, id)),
    measures: (workspaceId, id) => database.query((queries) => readMeasures(queries, workspaceId, id)),
    named: (workspaceId, query) => database.snapshot((queries) => readNamedFindings(queries, workspaceId, query)),
  }
}
