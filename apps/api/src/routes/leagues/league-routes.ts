import { leagueRequest, leagueView, recommendationRequest, recommendationView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { sentBodyOf } from '../../server/sent-body.ts'
import { readLeague, recommendFor } from './read-league.ts'

const common = { tags: ['Results'], consumes: bodyMediaTypes }

export function addLeagueRoutes(app: Api, deps: ApiDependencies): void {
  app.post(
    '/v1/leagues',
    {
      config: { access: 'read' },
      schema: {
        ...common,
        operationId: 'readLeague',
        summary: 'Put searches together to a league table of methods',
        body: leagueRequest,
        response: { 200: json('The table as a report and as rows', leagueView), ...problems },
      },
    },
    async (request) => {
      const wanted = await deps.intake.run({ type: 'request', name: 'league', body: sentBodyOf(request) })
      return readLeague(deps, workspaceOf(request), wanted)
    },
  )

  app.post(
    '/v1/recommendations',
    {
      config: { access: 'read' },
      schema: {
        ...common,
        operationId: 'recommend',
        summary: 'What to try next for a condition, by the results of a league',
        body: recommendationRequest,
        response: { 200: json('The method to try next, and why', recommendationView), ...problems },
      },
    },
    async (request) => {
      const wanted = await deps.intake.run({ type: 'request', name: 'recommendation', body: sentBodyOf(request) })
      return recommendFor(deps, workspaceOf(request), wanted)
    },
  )
}
