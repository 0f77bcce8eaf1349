import { z } from 'zod'
import { GoalpostError } from '@goalpost/contracts'
import type { Api } from '../../server/route-schemas.ts'
import { welcomePage } from './welcome-page.ts'

/** Browsers get a page with links; for other clients the root is not found. */
export function addWelcomeRoutes(app: Api): void {
  app.get(
    '/',
    {
      config: { access: 'public' },
      // Not part of the API.
      schema: { hide: true, response: { 200: z.string() } },
    },
    async (request, reply) => {
      void reply.header('vary', 'accept')
      if (!acceptsHtml(request.headers.accept)) throw new GoalpostError('not-found', 'There is nothing at /. See /docs')
      return reply
        .type('text/html; charset=utf-8')
        .serializer((page: string) => page)
        .send(welcomePage)
    },
  )
}

/** Browsers accept text/html explicitly; other programs accept anything. */
function acceptsHtml(accept = ''): boolean {
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return type === 'text/html' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}
