import { useCallback, useRef } from 'react'
import { useConnection, type Connection, type Live } from '../live/use-connection.ts'
import { useReadSoon } from '../live/use-read-soon.ts'
import { useSession } from '../session/session.ts'

const readPauseMs = 1_000
const shown = ['experiment', 'results']

type Last = { readonly id: string; eventId: number | 'latest' }

/** What happened before, the page reads by itself. */
const startOf = (id: string): Last => ({ id, eventId: 'latest' })

/** Follows an experiment's events, and has its queries read again. */
export function useLiveExperiment(id: string): Live {
  const { client } = useSession()
  const readSoon = useReadSoon(shown, readPauseMs, id)
  const last = useRef(startOf(id))
  const follow = useCallback(
    async ({ signal, onReconnect, mark }: Connection) => {
      if (last.current.id !== id) last.current = startOf(id)
      for await (const sighting of client.watch(id, { signal, onReconnect, lastEventId: last.current.eventId })) {
        if (sighting.type === 'change') last.current.eventId = sighting.change.sequence
        mark(sighting.type === 'end' ? 'ended' : 'live')
        readSoon()
      }
    },
    [client, id, readSoon],
  )
  return useConnection(follow)
}
