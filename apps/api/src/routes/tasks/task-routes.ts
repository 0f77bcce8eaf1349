import { checkpointView, page, pageQuery, seriesQuery, seriesView, taskView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { noticesOfTask } from '../../fleet.ts'
import { workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, idParams, json, problems } from '../../server/route-schemas.ts'

export function addTaskRoutes(app: Api, { experiments, fleet }: ApiDependencies): void {
  const access = { access: 'read' } as const

  app.get(
    '/v1/tasks/:id',
    {
      config: access,
      schema: {
        tags: ['Tasks'],
        operationId: 'getTask',
        summary: 'One task: what it computes, its attempts, its result',
        params: idParams,
        response: { 200: json('The task', taskView), ...problems },
      },
    },
    async (request) => {
      const task = await experiments.task(workspaceOf(request), request.params.id)
      if (task === null) throw notFound('task', request.params.id)
      return { ...task, notices: noticesOfTask(await fleet(), task) }
    },
  )

  app.get(
    '/v1/tasks/:id/series',
    {
      config: access,
      schema: {
        tags: ['Tasks'],
        operationId: 'getTaskSeries',
        summary: 'The curves of a task, downsampled to fit a screen',
        params: idParams,
        querystring: seriesQuery,
        response: { 200: json('The curves', seriesView), ...problems },
      },
    },
    async (request) => {
      const { names, maxPoints } = request.query
      const wanted =
        names === undefined ? { maxPoints } : { maxPoints, names: names.split(',').map((name) => name.trim()) }
      const series = await experiments.series(workspaceOf(request), request.params.id, wanted)
      if (series === null) throw notFound('task', request.params.id)
      return series
    },
  )

  app.get(
    '/v1/tasks/:id/checkpoints',
    {
      config: access,
      schema: {
        tags: ['Tasks'],
        operationId: 'listTaskCheckpoints',
        summary: 'The checkpoints of a task',
        params: idParams,
        querystring: pageQuery,
        response: { 200: json('One page of checkpoints', page(checkpointView)), ...problems },
      },
    },
    async (request) => {
      const workspaceId = workspaceOf(request)
      const taskId = request.params.id
      if ((await experiments.task(workspaceId, taskId)) === null) throw notFound('task', taskId)
      return presentPage(await experiments.checkpoints(workspaceId, { ...request.query, taskId }))
    },
  )
}
