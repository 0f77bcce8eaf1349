import { manifestsView, trainingQuery, trainingView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, idParams, json, problems } from '../../server/route-schemas.ts'

/** How an experiment's numbers came about: the curves of its trainings, and the software and machines of its tasks. */
export function addProvenanceRoutes(app: Api, { experiments }: ApiDependencies): void {
  const config = { access: 'read' } as const

  app.get(
    '/v1/experiments/:id/training',
    {
      config,
      schema: {
        tags: ['Results'],
        operationId: 'getTraining',
        summary: 'The curves of all trainings, downsampled at the same places',
        description: 'Losses, entropy and whatever else trainings report; partial for those that run.',
        params: idParams,
        querystring: trainingQuery,
        response: { 200: json('The curves', trainingView), ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const training = await experiments.training(workspaceOf(request), id, request.query)
      if (training === null) throw notFound('experiment', id)
      return training
    },
  )

  app.get(
    '/v1/experiments/:id/manifests',
    {
      config,
      schema: {
        tags: ['Results'],
        operationId: 'getManifests',
        summary: 'The software and machines that computed the tasks',
        description: 'Equal ones are listed once, with the number of tasks that have succeeded on them.',
        params: idParams,
        response: { 200: json('The manifests', manifestsView), ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const found = await experiments.manifests(workspaceOf(request), id)
      if (found === null) throw notFound('experiment', id)
      return found
    },
  )
}
