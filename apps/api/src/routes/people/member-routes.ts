import { GoalpostError, memberChange, memberView, newMember, page, pageQuery } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { createSecret, hashSecret } from '../../server/authentication.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, deleted, idParams, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'

const tags = ['Administration']

type Members = ApiDependencies['members']

/** People who may sign in with an account elsewhere. */
export function addMemberRoutes(app: Api, { members }: Pick<ApiDependencies, 'members'>): void {
  addList(app, members)
  addAddition(app, members)
  addChange(app, members)
  addRemoval(app, members)
}

function addList(app: Api, members: Members): void {
  app.get(
    '/v1/members',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'listMembers',
        summary: 'Who may sign in to the workspace with an account elsewhere, newest first',
        querystring: pageQuery,
        response: { 200: json('One page of members', page(memberView)), ...problems },
      },
    },
    async (request) => presentPage(await members.list(workspaceOf(request), request.query)),
  )
}

function addAddition(app: Api, members: Members): void {
  app.post(
    '/v1/members',
    {
      config: { access: 'admin' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'addMember',
        summary: 'Add a member: the person with this address, verified by the sign-in provider, may sign in',
        consumes: bodyMediaTypes,
        body: newMember,
        response: { 201: json('The member', memberView), ...problems },
      },
    },
    async (request, reply) => {
      const { email, scope } = smallBodyOf(request, newMember)
      // The key stands for the member's rights; nobody gets its secret.
      const stored = { email, scope, secretHash: hashSecret(createSecret()) }
      const member = await members.add(workspaceOf(request), stored, actorOf(request))
      if (member === null) throw new GoalpostError('state-conflict', `${email} is a member of this workspace already`)
      return reply.status(201).send(member)
    },
  )
}

function addChange(app: Api, members: Members): void {
  app.put(
    '/v1/members/:id',
    {
      config: { access: 'admin' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'changeMember',
        summary: 'Give a member another scope, which their open sessions have at once',
        consumes: bodyMediaTypes,
        params: idParams,
        body: memberChange,
        response: { 200: json('The member', memberView), ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const { scope } = smallBodyOf(request, memberChange)
      const outcome = await members.change(workspaceOf(request), id, scope, actorOf(request))
      if (!outcome.ok) throw refusal(outcome, id)
      return outcome.member
    },
  )
}

function addRemoval(app: Api, members: Members): void {
  app.delete(
    '/v1/members/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'removeMember',
        summary: 'Remove a member and end their sessions',
        params: idParams,
        response: { 204: deleted, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const removal = await members.remove(workspaceOf(request), id, actorOf(request))
      if (!removal.ok) throw refusal(removal, id)
      return reply.status(204).send(null)
    },
  )
}

type Refused = Exclude<Awaited<ReturnType<Members['remove']>>, { readonly ok: true }>

function refusal(refused: Refused, id: string): GoalpostError {
  return refused.code === 'not-found' ? notFound('member', id) : new GoalpostError(refused.code, refused.message)
}
