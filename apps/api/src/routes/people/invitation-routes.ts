import {
  acceptance,
  createdApiKey,
  createdInvitation,
  GoalpostError,
  invitationView,
  newInvitation,
  page,
  pageQuery,
} from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { createSecret, hashSecret } from '../../server/authentication.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, idParams, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'

const tags = ['Administration']
const dayMs = 86_400_000

/** Links that each give the first person to open it a key of the workspace. */
export function addInvitationRoutes(
  app: Api,
  { invitations, now }: Pick<ApiDependencies, 'invitations' | 'now'>,
): void {
  app.get(
    '/v1/invitations',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'listInvitations',
        summary: 'The invitations of the workspace, newest first',
        querystring: pageQuery,
        response: { 200: json('One page of invitations', page(invitationView)), ...problems },
      },
    },
    async (request) => presentPage(await invitations.list(workspaceOf(request), request.query)),
  )

  app.post(
    '/v1/invitations',
    {
      config: { access: 'admin' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'createInvitation',
        summary: 'Create an invitation: a link that gives the first person who accepts it a key',
        description: 'The answer contains the token, which is stored nowhere and cannot be shown again.',
        consumes: bodyMediaTypes,
        body: newInvitation,
        response: { 201: json('The invitation and its link', createdInvitation), ...problems },
      },
    },
    async (request, reply) => {
      const { name, scope, expiresInDays } = smallBodyOf(request, newInvitation)
      const token = createSecret()
      const stored = { name, scope, tokenHash: hashSecret(token), expiresAt: new Date(now() + expiresInDays * dayMs) }
      const invitation = await invitations.create(workspaceOf(request), stored, actorOf(request))
      const created = { invitation, path: `/join#${token}`, token }
      return reply.status(201).header('cache-control', 'no-store').send(created)
    },
  )

  app.delete(
    '/v1/invitations/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'revokeInvitation',
        summary: 'Revoke an invitation that was not accepted yet',
        params: idParams,
        response: { 200: json('The revoked invitation', invitationView), ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const revoked = await invitations.revoke(workspaceOf(request), id, actorOf(request))
      if (revoked === null) throw notFound('invitation', id)
      if (revoked !== false) return revoked
      throw new GoalpostError('state-conflict', 'This invitation was accepted: revoke the key that it has made instead')
    },
  )

  addAcceptance(app, invitations)
}

function addAcceptance(app: Api, invitations: ApiDependencies['invitations']): void {
  app.post(
    '/v1/invitations/accept',
    {
      config: { access: 'public' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'acceptInvitation',
        summary: 'Exchange the token of an invitation for an API key',
        description: 'The answer contains the secret, which is stored nowhere and cannot be shown again.',
        consumes: bodyMediaTypes,
        body: acceptance,
        response: { 201: json('The key and its secret', createdApiKey), ...problems },
      },
    },
    async (request, reply) => {
      const secret = createSecret()
      const accepting = { secretHash: hashSecret(secret), address: request.ip }
      const key = await invitations.accept(hashSecret(smallBodyOf(request, acceptance).token), accepting)
      if (key === null)
        throw new GoalpostError(
          'invalid-session',
          'This invitation was used, was revoked or has expired: ask for another',
        )
      return reply.status(201).header('cache-control', 'no-store').send({ key, secret })
    },
  )
}
