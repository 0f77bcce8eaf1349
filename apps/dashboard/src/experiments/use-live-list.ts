import { useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { useConnection, type Connection, type Live } from '../live/use-connection.ts'
import { useReadSoon } from '../live/use-read-soon.ts'
import { useSession } from '../session/session.ts'
import { withStanding, type ExperimentPage } from './with-standing.ts'

const readPauseMs = 1_000
const shown = ['experiments']
const events = ['experiment.*', 'verdict.*']

/** Keeps the list up to date by one stream: what happens has it read again, and progress needs no reading. */
export function useLiveList(): Live {
  const { client } = useSession()
  const queries = useQueryClient()
  const readSoon = useReadSoon(shown, readPauseMs)
  const lastEventId = useRef<number | undefined>(undefined)
  const follow = useCallback(
    async ({ signal, onReconnect, mark }: Connection) => {
      const since = lastEventId.current === undefined ? {} : { lastEventId: lastEventId.current }
      for await (const sighting of client.watchWorkspace({ events, signal, onReconnect, ...since })) {
        mark('live')
        if (sighting.type === 'progress') {
          const { standing } = sighting
          queries.setQueriesData<InfiniteData<ExperimentPage>>({ queryKey: shown }, (list) =>
            list === undefined ? list : { ...list, pages: withStanding(list.pages, standing) },
          )
          continue
        }
        lastEventId.current = sighting.type === 'ready' ? sighting.id : sighting.event.id
        // Also when ready: the list may be older than the stream.
        readSoon()
      }
    },
    [client, queries, readSoon],
  )
  return useConnection(follow)
}
