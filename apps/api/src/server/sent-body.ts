import { decodeUtf8, parseDocument, type DocumentFormat } from '@goalpost/validation'

/** A body as it came over the wire. Null where there was none. */
export type SentBody = { readonly bytes: Uint8Array; readonly format: DocumentFormat } | null

/** Null as well where the body is not of a kind that we read: the route has no use for it then. */
export function sentBodyOf({ body }: { readonly body: unknown }): SentBody {
  if (typeof body !== 'object' || body === null || !('bytes' in body && 'format' in body)) return null
  const { bytes, format } = body
  return bytes instanceof Uint8Array && (format === 'json' || format === 'yaml') ? { bytes, format } : null
}

/** The values that a body spells. Up to a second of work: not for the event loop. */
export function readBody(sent: SentBody): unknown {
  return sent === null ? undefined : parseDocument(decodeUtf8(sent.bytes, 'The body'), sent.format)
}
