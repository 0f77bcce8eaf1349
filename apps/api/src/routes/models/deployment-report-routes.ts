import { deploymentReportView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'
import { versionOf, versionParams } from './model-params.ts'
import { readDeploymentReport } from './read-deployment-report.ts'

export function addDeploymentReportRoutes(app: Api, deps: ApiDependencies): void {
  app.get(
    '/v1/models/:name/versions/:version/report',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Models'],
        operationId: 'getDeploymentReport',
        summary: 'What was tested of a version, what was not, and what was found',
        description:
          'The latest run of each gate of the model, and the experiments that examined the version. `report` has the same as parts.',
        params: versionParams,
        response: { 200: json('The report', deploymentReportView), ...problems },
      },
    },
    async (request) => {
      const { name, version } = request.params
      const which = { workspaceId: workspaceOf(request), model: name, version: versionOf(version) }
      return readDeploymentReport(deps, which)
    },
  )
}
