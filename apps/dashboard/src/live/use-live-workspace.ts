import { useCallback, useRef } from 'react'
import { useSession } from '../session/session.ts'
import { useConnection, type Connection, type Live } from './use-connection.ts'
import { useReadSoon } from './use-read-soon.ts'
import { watchEvents } from './watch-events.ts'

const readPauseMs = 1_000

/**
 * Follows events of the workspace, and has the queries of these names read again after each. Both lists must stay the
 * same while the page is open.
 */
export function useLiveWorkspace(events: readonly string[], names: readonly string[]): Live {
  const { client } = useSession()
  const readSoon = useReadSoon(names, readPauseMs)
  const lastEventId = useRef<number | undefined>(undefined)
  const follow = useCallback(
    (connection: Connection) => watchEvents(client, connection, { events, lastEventId, onChange: readSoon }),
    [client, events, readSoon],
  )
  return useConnection(follow)
}
