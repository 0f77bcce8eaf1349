import { useQueryClient } from '@tanstack/react-query'
import type { ExperimentSummary } from '@goalpost/contracts'
import { useCallback, useRef } from 'react'
import { useConnection, type Connection, type Live } from '../live/use-connection.ts'
import { useReadSoon } from '../live/use-read-soon.ts'
import { watchEvents } from '../live/watch-events.ts'
import { useSession } from '../session/session.ts'
import type { ReadPages } from '../shell/read-pages.ts'
import { withStanding } from './with-standing.ts'

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
    (connection: Connection) =>
      watchEvents(client, connection, {
        events,
        lastEventId,
        onProgress: ({ standing }) =>
          queries.setQueriesData<ReadPages<ExperimentSummary>>({ queryKey: shown }, (list) =>
            list === undefined ? list : { ...list, pages: withStanding(list.pages, standing) },
          ),
        onChange: readSoon,
      }),
    [client, queries, readSoon],
  )
  return useConnection(follow)
}
