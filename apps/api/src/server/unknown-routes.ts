import { GoalpostError } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Api } from './route-schemas.ts'
import { sendDashboard, wantsPage, type DashboardPage } from './dashboard.ts'
import { sendProblem } from './problems.ts'

type Route = { readonly pattern: RegExp; readonly url: string; readonly methods: readonly string[] }

/**
 * Answers 405 if the address exists with another method, else 404 with a similar address. Browsers get the dashboard,
 * which has pages of its own.
 */
export function addUnknownRouteHandler(app: Api, dashboard: DashboardPage): void {
  const routes: Route[] = []
  app.addHook('onRoute', ({ url, method }) => {
    routes.push({ url, pattern: patternOf(url), methods: [method].flat() })
  })
  app.setNotFoundHandler((request, reply) => {
    void reply.header('vary', 'accept')
    if (wantsPage(request)) return sendDashboard(reply, dashboard)
    return sendProblem(request, reply, explainUnknown(request, reply, routes))
  })
}

function explainUnknown(request: FastifyRequest, reply: FastifyReply, routes: readonly Route[]): GoalpostError {
  const [path = '/'] = request.url.split('?')
  const allowed = new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))
  if (allowed.has(request.method)) {
    // The route exists, and found nothing of this name.
    return new GoalpostError('not-found', `Not found: ${path.slice(0, 200)}`)
  }
  if (allowed.size > 0) {
    const list = [...allowed].toSorted().join(', ')
    void reply.header('allow', list)
    return new GoalpostError('method-not-allowed', `${path.slice(0, 200)} supports ${list}, not ${request.method}`)
  }
  const remedy = suggestName(
    path.slice(0, 100),
    [...new Set(routes.map(({ url }) => url))].filter((url) => url.startsWith('/v1')),
  )
  const guess = remedy?.startsWith('Did you mean') === true ? ` ${remedy}` : ' See /docs'
  return new GoalpostError('not-found', `Not found: ${path.slice(0, 200)}.${guess}`)
}

function patternOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replaceAll(/\W/g, '\\$&')))
  return new RegExp(`^${parts.join('/')}$`)
}
