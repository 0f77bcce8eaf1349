import { GoalpostError } from '@goalpost/contracts'
import type { FastifyReply } from 'fastify'

/**
 * A strong ETag: one version of the code shows one revision of an experiment in one way; for results, which do not
 * change with progress, one event sequence. Different views have different URLs, so they may share a tag.
 */
export function etagOf(revision: number, codeRevision: string): string {
  return `"${codeRevision.replaceAll(/[^\w.-]/g, '').slice(0, 12)}-${revision}"`
}

/** For views that also show state outside the experiment, such as the live workers. */
export function etagBeside(etag: string, beside: string): string {
  return `${etag.slice(0, -1)}+${beside}"`
}

/** A change is compared only with the state of the experiment. */
function withoutBeside(header: string): string {
  return header.replaceAll(/\+\w+"/g, '"')
}

/** RFC 9110: a list of tags, or `*`. `If-None-Match` compares weakly. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

/** Refuses a change based on an older state. */
export function requireMatch(header: string | undefined, etag: string): void {
  if (header !== undefined && !matchesEtag(withoutBeside(header), etag)) {
    throw new GoalpostError(
      'stale-version',
      `If-Match names ${header.slice(0, 100)}, but the current ETag is ${etag}: read it again`,
    )
  }
}

/**
 * Without a body, length or type. Typed like the answer in the route's schema, as Fastify's types have no empty 304.
 */
export function sendNotModified(reply: Pick<FastifyReply, 'status'>, etag: string): never {
  return reply.status(304).header('etag', etag).send() as never
}
