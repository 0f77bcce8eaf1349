import type { ExperimentEvent, JsonObject } from '@goalpost/contracts'
import type {
  ArtifactOwnership,
  ChangeOutcome,
  ExperimentChanges,
  ExperimentEvents,
  ExperimentFindings,
  ExperimentStore,
  ExperimentVersion,
  ExperimentViews,
  TaskViews,
  WorkHistory,
} from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import type { Change, Changes } from '../tasks/change.ts'
import { cancelExperiment, extendExperiment, retryExperiment, type ExperimentId } from './change-experiment.ts'
import { listCheckpoints } from './checkpoint-views.ts'
import { createExperiment } from './create.ts'
import { readSeries } from './curves.ts'
import { listExperiments, readExperiment } from './experiment-views.ts'
import { readEvidence, readMeasures } from './findings.ts'
import { listRuns, readRun } from './run-views.ts'
import { registerArtifacts } from '../ledger/records.ts'
import { readLogs, readTask } from './task-views.ts'
import { readThroughput } from './throughput.ts'

type Refused = Extract<ChangeOutcome, { ok: false }>

export function createExperimentStore(database: Database, changes: Changes): ExperimentStore {
  return {
    ...createChanges(database, changes),
    ...createViews(database),
    ...createTaskViews(database),
    ...createFindings(database),
    ...createEvents(database),
    ...createOwnership(database),
    ...createHistory(database),
  }
}

function createChanges(database: Database, changes: Changes): ExperimentChanges {
  const change = async (
    which: ExperimentId,
    work: (change: Change) => Promise<Refused | null>,
  ): Promise<ChangeOutcome> => {
    const refused = await changes.run(work)
    if (refused !== null) return refused
    return { ok: true, revision: (await database.query((queries) => readRevision(queries, which))) ?? 0 }
  }
  return {
    create: (workspaceId, experiment) => changes.run((open) => createExperiment(open, workspaceId, experiment)),
    extend: (workspaceId, id, { expectedRevision, ...extension }) =>
      change({ workspaceId, id }, (open) => extendExperiment(open, { workspaceId, id, expectedRevision }, extension)),
    cancel: (workspaceId, id, expectedRevision) =>
      change({ workspaceId, id }, (open) => cancelExperiment(open, { workspaceId, id, expectedRevision })),
    retry: (workspaceId, id, expectedRevision) =>
      change({ workspaceId, id }, (open) => retryExperiment(open, { workspaceId, id, expectedRevision })),
  }
}

function createViews(database: Database): ExperimentViews {
  return {
    list: (workspaceId, query) => database.snapshot((queries) => listExperiments(queries, workspaceId, query)),
    get: (workspaceId, id) => database.snapshot((queries) => readExperiment(queries, workspaceId, id)),
    revision: (workspaceId, id) => database.query((queries) => readRevision(queries, { workspaceId, id })),
    version: (workspaceId, id) => database.query((queries) => readVersion(queries, { workspaceId, id })),
  }
}

function createTaskViews(database: Database): TaskViews {
  const ownTask = (queries: Queries, workspaceId: string, id: string) =>
    queries.task.findFirst({ where: { id, workspaceId }, select: { id: true } })
  return {
    run: (workspaceId, id) => database.snapshot((queries) => readRun(queries, workspaceId, id)),
    runs: (workspaceId, query) => database.snapshot((queries) => listRuns(queries, workspaceId, query)),
    task: (workspaceId, id) => database.snapshot((queries) => readTask(queries, workspaceId, id)),
    logs: (workspaceId, taskId, query) =>
      database.query(
        async (queries) => (await ownTask(queries, workspaceId, taskId)) && readLogs(queries, taskId, query),
      ),
    series: (workspaceId, taskId, query) =>
      database.snapshot(
        async (queries) => (await ownTask(queries, workspaceId, taskId)) && readSeries(queries, taskId, query),
      ),
    checkpoints: (workspaceId, query) => database.query((queries) => listCheckpoints(queries, workspaceId, query)),
  }
}

function createFindings(database: Database): ExperimentFindings {
  return {
    evidence: (workspaceId, id) => database.snapshot((queries) => readEvidence(queries, workspaceId, id)),
    measures: (workspaceId, id) => database.query((queries) => readMeasures(queries, workspaceId, id)),
  }
}

function createEvents(database: Database): ExperimentEvents {
  return {
    events: (workspaceId, experimentId, after, limit) =>
      database.query((queries) => readEvents(queries, { workspaceId, id: experimentId }, { after, limit })),
  }
}

function createOwnership(database: Database): ArtifactOwnership {
  return {
    ownsArtifact: (workspaceId, hash) => database.query((queries) => readArtifact(queries, workspaceId, hash)),
    keepArtifact: (workspaceId, artifact) =>
      database.query((queries) => registerArtifacts(queries, workspaceId, [artifact])),
  }
}

function createHistory(database: Database): WorkHistory {
  return {
    countSucceeded: (workspaceId, identities) =>
      database.query((queries) => countSucceeded(queries, workspaceId, identities)),
    throughput: (workspaceId, work) => database.query((queries) => readThroughput(queries, workspaceId, work)),
  }
}

async function readRevision(queries: Queries, { workspaceId, id }: ExperimentId): Promise<number | null> {
  return (await readVersion(queries, { workspaceId, id }))?.revision ?? null
}

function readVersion(queries: Queries, { workspaceId, id }: ExperimentId): Promise<ExperimentVersion | null> {
  return queries.experiment.findFirst({ where: { id, workspaceId }, select: { revision: true, sequence: true } })
}

async function readArtifact(queries: Queries, workspaceId: string, hash: string) {
  const found = await queries.artifact.findUnique({ where: { workspaceId_hash: { workspaceId, hash } } })
  return found && { bytes: Number(found.bytes), mediaType: found.mediaType, name: found.name }
}

async function readEvents(
  queries: Queries,
  { workspaceId, id }: ExperimentId,
  { after, limit }: { after: number; limit: number },
): Promise<ExperimentEvent[]> {
  if ((await readRevision(queries, { workspaceId, id })) === null) return []
  const rows = await queries.event.findMany({
    where: { experimentId: id, sequence: { gt: after } },
    orderBy: { sequence: 'asc' },
    take: limit,
  })
  return rows.map(({ experimentId, sequence, type, taskId, data, at }) => ({
    experimentId,
    sequence,
    type: type as ExperimentEvent['type'],
    taskId,
    data: data as JsonObject,
    at: at.toISOString(),
  }))
}

/** Of those that may be reused: what was computed for a `fresh` experiment is its own. */
async function countSucceeded(queries: Queries, workspaceId: string, identities: readonly string[]): Promise<number> {
  const [row] = await queries.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM tasks
    WHERE workspace_id = ${workspaceId}::uuid AND salt = '' AND identity = ANY(${identities}::text[]) AND state = 'succeeded'`
  return row?.count ?? 0
}
