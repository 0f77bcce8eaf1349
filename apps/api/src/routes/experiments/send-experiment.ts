import type { ExperimentView } from '@goalpost/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { matchesEtag, sendNotModified } from '../../server/etag.ts'
import { notFound } from '../../server/problems.ts'
import { createRecent } from '../../server/recent.ts'
import { createVersionPoll } from '../events/version-poll.ts'
import { experimentEtag, readExperiment } from './read-experiment.ts'

type Answering = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** Answers with an experiment and its ETag, or 304 to those who have it, for which no view is built. */
export function createExperimentSender(deps: ApiDependencies) {
  // Each revision is read once, for any number of clients.
  const recentView = createRecent<ExperimentView>(100)
  // Polls that arrive together share one statement.
  const readVersion = createVersionPoll(deps.experiments, 0)

  return async (id: string, { request, reply }: Answering): Promise<ExperimentView> => {
    const workspaceId = workspaceOf(request)
    const version = await readVersion(workspaceId, id)
    if (version === null) throw notFound('experiment', id)
    const etag = await experimentEtag(deps, { id, revision: version.revision })
    if (matchesEtag(request.headers['if-none-match'], etag)) return sendNotModified(reply, etag)
    const view = await recentView(`${workspaceId} ${id} ${etag}`, () => readExperiment(deps, workspaceId, id))
    void reply.header('etag', await experimentEtag(deps, view))
    return view
  }
}
