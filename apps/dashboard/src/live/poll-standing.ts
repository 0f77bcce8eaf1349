import type { Live } from './use-connection.ts'

type Polled = {
  readonly data: unknown
  /** When the last answer arrived. */
  readonly dataUpdatedAt: number
  /** Of requests since then. */
  readonly failureCount: number
  readonly isRefetchError: boolean
  readonly fetchStatus: 'fetching' | 'paused' | 'idle'
}

/** How up to date a query is that no stream follows. `isFinal`: it will not change, and is not read again. */
export function pollStanding(query: Polled, isFinal = false): Live {
  const { data, dataUpdatedAt: sinceMs, failureCount, isRefetchError, fetchStatus } = query
  if (data === undefined) return { status: 'connecting', sinceMs }
  if (isFinal) return { status: 'ended', sinceMs }
  const isStale = isRefetchError || failureCount > 0 || fetchStatus === 'paused'
  return { status: isStale ? 'stale' : 'polling', sinceMs }
}
