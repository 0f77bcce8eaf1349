import type { LogLine, TaskView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useSession } from '../session/session.ts'

const pollMs = 2_000
const pageSize = 200

/** All lines of a task's log, read again while it runs: from the last page on, since earlier ones never change. */
export function useLogs({ id, state }: Pick<TaskView, 'id' | 'state'>) {
  const { client } = useSession()
  const read = useRef<{ readonly lines: LogLine[]; cursor: string | undefined }>({ lines: [], cursor: undefined })
  return useQuery({
    queryKey: ['logs', id],
    queryFn: async () => {
      for (;;) {
        const { cursor, lines } = read.current
        const { items, nextCursor } = await client.logs(id, { cursor, limit: pageSize })
        if (nextCursor === null) return [...lines, ...items]
        lines.push(...items)
        read.current.cursor = nextCursor
      }
    },
    refetchInterval: hasEnded(state) ? false : pollMs,
  })
}

export function hasEnded(state: TaskView['state']): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled'
}
