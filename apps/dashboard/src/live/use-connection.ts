import { useEffect, useState } from 'react'
import { keepConnected } from './keep-connected.ts'

/** `since`: when the last message or answer arrived. Without a stream, pages that ask again and again are `polling`, and `stale` while nothing answers. */
export type Live = {
  readonly status: 'connecting' | 'live' | 'reconnecting' | 'ended' | 'polling' | 'stale'
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
    const onReconnect = (): void => setLive(({ sinceMs }) => ({ status: 'reconnecting', sinceMs }))
    const mark: Connection['mark'] = (status) => setLive({ status, sinceMs: Date.now() })
    return keepConnected((signal) => {
      // Refusals are shown by the queries, which are refused as well.
      follow({ signal, onReconnect, mark }).catch(onReconnect)
    })
  }, [follow])
  return live
}
