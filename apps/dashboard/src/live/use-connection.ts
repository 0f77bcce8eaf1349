import { useEffect, useState } from 'react'

/** `since`: when the last message arrived. */
export type Live = {
  readonly status: 'connecting' | 'live' | 'reconnecting' | 'ended'
  readonly sinceMs: number
}

export type Connection = {
  readonly signal: AbortSignal
  readonly onReconnect: () => void
  /** A message arrived; it may have been the last. */
  readonly mark: (status: 'live' | 'ended') => void
}

/** While the stream is down, the page polls. */
export const fallbackPollMs = 4_000

/** While it is up: some changes send no event, such as an edited gate. */
const slowPollMs = 30_000

/** How often a query is read again by itself if not all its changes send an event. */
export function pollSlowly({ status }: Live): number {
  return status === 'reconnecting' ? fallbackPollMs : slowPollMs
}

/** How often a query is read again by itself: not at all while the stream says when to. */
export function pollWhileDown({ status }: Live): number | false {
  return status === 'reconnecting' ? fallbackPollMs : false
}

/** Keeps a stream open. A hidden tab has none. `follow` must stay the same while what it follows does. */
export function useConnection(follow: (connection: Connection) => Promise<void>): Live {
  const [live, setLive] = useState<Live>(() => ({ status: 'connecting', sinceMs: Date.now() }))
  useEffect(() => {
    let connection: AbortController | null = null
    const onReconnect = (): void => setLive(({ sinceMs }) => ({ status: 'reconnecting', sinceMs }))
    const mark: Connection['mark'] = (status) => setLive({ status, sinceMs: Date.now() })
    const connect = (): void => {
      connection?.abort()
      connection = null
      if (document.hidden) return
      connection = new AbortController()
      // Refusals are shown by the queries, which are refused as well.
      follow({ signal: connection.signal, onReconnect, mark }).catch(onReconnect)
    }
    connect()
    document.addEventListener('visibilitychange', connect)
    return () => {
      document.removeEventListener('visibilitychange', connect)
      connection?.abort()
    }
  }, [follow])
  return live
}
