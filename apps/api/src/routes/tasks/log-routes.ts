import { logLine, logQuery, page } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, idParams, json, problems } from '../../server/route-schemas.ts'

export function addLogRoutes(app: Api, { experiments }: ApiDependencies): void {
  const access = { access: 'read' } as const
  const response = { 200: json('One page of lines', page(logLine)), ...problems }

  app.get(
    '/v1/tasks/:id/logs',
    {
      config: access,
      schema: {
        tags: ['Tasks'],
        operationId: 'listTaskLogs',
        summary: 'Logs of a task’s attempts, oldest first',
        description: searching,
        params: idParams,
        querystring: logQuery,
        response,
      },
    },
    async (request) => {
      const lines = await experiments.logs(workspaceOf(request), { taskId: request.params.id }, request.query)
      if (lines === null) throw notFound('task', request.params.id)
      return presentPage(lines)
    },
  )

  app.get(
    '/v1/experiments/:id/logs',
    {
      config: access,
      schema: {
        tags: ['Tasks'],
        operationId: 'listExperimentLogs',
        summary: 'Logs of all tasks of an experiment, task by task, each oldest first',
        description: searching,
        params: idParams,
        querystring: logQuery,
        response,
      },
    },
    async (request) => {
      const lines = await experiments.logs(workspaceOf(request), { experimentId: request.params.id }, request.query)
      if (lines === null) throw notFound('experiment', request.params.id)
      return presentPage(lines)
    },
  )
}

const searching =
  'One request with `level` or `search` looks through a limited number of lines, so a page can have few or no lines ' +
  'and still a `nextCursor`: only a page without one is the last.'
