import { GoalpostError } from '@goalpost/contracts'
import type { FastifyReply } from 'fastify'

/**
 * Strong, as one revision of an experiment is shown in one way by one version of the code; for results, which progress
 * does not move, one event sequence. Views of different kinds have addresses of their own, so they may share a tag.
 */
export function etagOf(revision: number, codeRevision: string): string {
  return `"${codeRevision.replaceAll(/[^\w.-]/g, '').slice(0, 12)}-${revision}"`
}

/** For views that also show what does not belong to the experiment, such as which workers are there. */
export function etagBeside(etag: string, beside: string): string {
  return `${etag.slice(0, -1)}+${beside}"`
}

/** A change is compared with the state of the experiment alone. */
function withoutBeside(header: string): string {
  return header.replaceAll(/\+\w+"/g, '"')
}

/** RFC 9110: a list of tags, or `*`. `If-None-Match` compares weakly. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

/** Refuses a change that was decided upon by looking at an older state. */
export function requireMatch(header: string | undefined, etag: string): void {
  if (header !== undefined && !matchesEtag(withoutBeside(header), etag)) {
    throw new GoalpostError(
      'stale-version',
      `If-Match names ${header.slice(0, 100)}, but this is now ${etag}: read it again`,
    )
  }
}

/** Without a body, and so without a length or type of one. Typed like the answer that the route's schema declares. */
export function sendNotModified(reply: Pick<FastifyReply, 'status'>, etag: string): never {
  return reply.status(304).header('etag', etag).send() as never
}
