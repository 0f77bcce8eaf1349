import type { TaskViews } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { listCheckpoints } from './checkpoint-views.ts'
import { readSeries } from '../series/read-series.ts'
import { readManifests } from './manifests.ts'
import { readTraining } from '../series/training.ts'
import { listRuns, readRun } from './run-views.ts'
import { readLogs } from './log-views.ts'
import { readTask } from './task-views.ts'

export function createTaskViews(database: Database): TaskViews {
  const ownTask = (queries: Queries, workspaceId: string, id: string) =>
    queries.task.findFirst({ where: { id, workspaceId }, select: { id: true } })
  const ownExperiment = (queries: Queries, workspaceId: string, id: string) =>
    queries.experiment.findFirst({ where: { id, workspaceId }, select: { id: true } })
  return {
    run: (workspaceId, id) => database.snapshot((queries) => readRun(queries, workspaceId, id)),
    runs: (workspaceId, query) => database.snapshot((queries) => listRuns(queries, workspaceId, query)),
    task: (workspaceId, id) => database.snapshot((queries) => readTask(queries, workspaceId, id)),
    logs: (workspaceId, source, query) =>
      database.query(async (queries) => {
        const own =
          'taskId' in source
            ? await ownTask(queries, workspaceId, source.taskId)
            : await ownExperiment(queries, workspaceId, source.experimentId)
        return own && readLogs(queries, source, query)
      }),
    series: (workspaceId, taskId, query) =>
      database.snapshot(
        async (queries) => (await ownTask(queries, workspaceId, taskId)) && readSeries(queries, taskId, query),
      ),
    training: (workspaceId, id, query) =>
      database.snapshot(
        async (queries) => (await ownExperiment(queries, workspaceId, id)) && readTraining(queries, id, query),
      ),
    manifests: (workspaceId, id) =>
      database.snapshot(
        async (queries) => (await ownExperiment(queries, workspaceId, id)) && readManifests(queries, id),
      ),
    checkpoints: (workspaceId, query) => database.query((queries) => listCheckpoints(queries, workspaceId, query)),
  }
}
