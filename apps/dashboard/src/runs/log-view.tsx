import type { LogLine, TaskView } from '@goalpost/contracts'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { exactTime } from '../design/format-time.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { pollStanding } from '../live/poll-standing.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { hasEnded, useLogs } from './use-logs.ts'

const estimatedLinePixels = 22

/** A task's log, followed while it runs; the search keeps lines that contain the words. */
export function LogView({ task }: { readonly task: TaskView }) {
  const logs = useLogs(task)
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search.trim().toLowerCase())
  if (logs.isPending) return <p className="note">Loading the log…</p>
  if (logs.data === undefined) return <ErrorPanel error={logs.error} retry={() => void logs.refetch()} />
  const found = logs.data.filter(({ level, message }) => `${level} ${message}`.toLowerCase().includes(wanted))
  return (
    <section aria-labelledby="log">
      <h2 id="log">Log</h2>
      <p className="choices">
        <label className="field">
          Search the log
          <input type="search" value={search} onChange={({ target }) => setSearch(target.value)} />
        </label>
        <span role="status" className="soft">
          {found.length} of {logs.data.length} lines
        </span>
        {!hasEnded(task.state) && <LiveMark live={pollStanding(logs)} />}
      </p>
      {found.length === 0 ? (
        <p className="none">{logs.data.length === 0 ? 'Nothing was logged yet.' : 'No line has these words.'}</p>
      ) : (
        <Lines lines={found} isFollowing={!hasEnded(task.state) && wanted === ''} />
      )}
    </section>
  )
}

function Lines({ lines, isFollowing }: { readonly lines: readonly LogLine[]; readonly isFollowing: boolean }) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatedLinePixels,
    overscan: 20,
  })
  useEffect(() => {
    if (isFollowing) rows.scrollToIndex(lines.length - 1)
  }, [isFollowing, lines.length, rows])
  return (
    <div ref={scroller} className="log" tabIndex={0} role="log" aria-label="Log of the task">
      <div className="log-lines" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index]
          if (line === undefined) return null
          return (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className={`log-line log-${line.level}`}
              style={{ transform: `translateY(${start}px)` }}
            >
              <time dateTime={line.at} title={exactTime(Date.parse(line.at))}>
                {line.at.slice(11, 19)}
              </time>{' '}
              <b>{line.level}</b> {line.message}
            </div>
          )
        })}
      </div>
    </div>
  )
}
