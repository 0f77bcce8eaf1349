import type { Client, WorkspaceSighting } from '@goalpost/client'
import type { Connection } from './use-connection.ts'

type Progress = Extract<WorkspaceSighting, { readonly type: 'progress' }>

type Watching = {
  /** Types of events, e.g. `experiment.*`. */
  readonly events: readonly string[]
  /** The last event that was seen, kept between connections. */
  readonly lastEventId: { current: number | undefined }
  readonly onProgress?: (progress: Progress) => void
  /** Something has happened, or may have: also when the stream begins, as what is shown may be older than the stream. */
  readonly onChange: () => void
}

/** Reads the workspace's stream until the connection ends, from where the previous connection ended. */
export async function watchEvents(
  client: Client,
  { signal, onReconnect, mark }: Connection,
  { events, lastEventId, onProgress, onChange }: Watching,
): Promise<void> {
  const since = lastEventId.current === undefined ? {} : { lastEventId: lastEventId.current }
  for await (const sighting of client.watchWorkspace({ events, signal, onReconnect, ...since })) {
    mark('live')
    if (sighting.type === 'progress') {
      onProgress?.(sighting)
      continue
    }
    lastEventId.current = sighting.type === 'ready' ? sighting.id : sighting.event.id
    onChange()
  }
}
