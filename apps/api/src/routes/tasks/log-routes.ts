import { logLine, logQuery, page } from '@goalpost/contracts'
import type { LogSource } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, idParams, json, problems } from '../../server/route-schemas.ts'

export function addLogRoutes(app: Api, deps: ApiDependencies): void {
  addRoute(app, deps, {
    path: '/v1/tasks/:id/logs',
    operationId: 'listTaskLogs',
    summary: 'Logs of a task’s attempts, oldest first',
    what: 'task',
    sourceOf: (taskId) => ({ taskId }),
  })
  addRoute(app, deps, {
    path: '/v1/experiments/:id/logs',
    operationId: 'listExperimentLogs',
    summary: 'Logs of all tasks of an experiment, task by task, each oldest first',
    what: 'experiment',
    sourceOf: (experimentId) => ({ experimentId }),
  })
}

type LogRoute = {
  readonly path: string
  readonly operationId: string
  readonly summary: string
  /** For those who name one that does not exist. */
  readonly what: string
  sourceOf(id: string): LogSource
}

function addRoute(
  app: Api,
  { experiments }: ApiDependencies,
  { path, operationId, summary, what, sourceOf }: LogRoute,
): void {
  app.get(
    path,
    {
      config: { access: 'read' },
      schema: {
        tags: ['Tasks'],
        operationId,
        summary,
        description: searching,
        params: idParams,
        querystring: logQuery,
        response: { 200: json('One page of lines', page(logLine)), ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const lines = await experiments.logs(workspaceOf(request), sourceOf(id), request.query)
      if (lines === null) throw notFound(what, id)
      return presentPage(lines)
    },
  )
}

const searching =
  'One request with `level` or `search` looks through a limited number of lines, so a page can have few or no lines ' +
  'and still a `nextCursor`: only a page without one is the last.'
