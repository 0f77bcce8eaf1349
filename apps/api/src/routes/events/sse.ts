/** One message of a `text/event-stream` (HTML Living Standard, 9.2.6). Data is JSON, so it never holds a line break. */
export function formatEvent({ event, data, id }: { event: string; data: unknown; id?: number }): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** A comment, which clients ignore: it keeps proxies from closing the stream, and detects disconnected clients. */
export const heartbeat = ': still here\n\n'

/** How long browsers wait before they reconnect. */
export const retryAfter = (milliseconds: number): string => `retry: ${milliseconds}\n\n`
