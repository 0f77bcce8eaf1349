import { decodeUtf8, parseDocument, type DocumentFormat } from '@goalpost/validation'

/** A body as received. Null if there was none. */
export type SentBody = { readonly bytes: Uint8Array; readonly format: DocumentFormat } | null

/** Null also for a body of another type, which the route does not use. */
export function sentBodyOf({ body }: { readonly body: unknown }): SentBody {
  if (typeof body !== 'object' || body === null || !('bytes' in body && 'format' in body)) return null
  const { bytes, format } = body
  return bytes instanceof Uint8Array && (format === 'json' || format === 'yaml') ? { bytes, format } : null
}

/** Parses a body. Takes up to a second, so not on the event loop. */
export function readBody(sent: SentBody): unknown {
  return sent === null ? undefined : parseDocument(decodeUtf8(sent.bytes, 'The body'), sent.format)
}
