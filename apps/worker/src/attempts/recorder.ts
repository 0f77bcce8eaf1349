import type { Checkpoint, LogLevel, Progress, SeriesPoint } from '@goalpost/contracts'
import type { Claim, TaskLedger } from '@goalpost/experiments'
import { persist } from './persist.ts'
import type { Stored } from './persist.ts'

type LogEntry = { readonly at: string; readonly level: LogLevel; readonly message: string }

/** Stores a trainer's reports in order, in batches once a second and before every checkpoint. */
export type Recorder = {
  progress(progress: Progress): void
  series(points: readonly SeriesPoint[]): void
  log(entry: LogEntry): void
  /** Stores all earlier reports, then the checkpoint. */
  checkpoint(checkpoint: Checkpoint): Promise<Stored>
  flush(): Promise<Stored>
  stop(): void
}

export type RecorderOptions = {
  readonly ledger: TaskLedger
  readonly claim: Claim
  readonly lost: AbortSignal
  readonly patienceMs: number
  /** Called when a write was refused or abandoned, which ends the attempt. */
  readonly onTrouble: (trouble: Exclude<Stored, 'stored'>) => void
}

const flushIntervalMs = 1_000
const longestMessage = 8_000
/** The most log lines per flush: a library that warns in every step must not fill memory and database. */
const mostLines = 1_000

export function createRecorder({ ledger, claim, lost, patienceMs, onTrouble }: RecorderOptions): Recorder {
  let progress: Progress | null = null
  let points: SeriesPoint[] = []
  let logs: LogEntry[] = []
  let leftOut = 0
  let last: Promise<Stored> = Promise.resolve('stored')

  /** Writes one at a time, and none after a failure, so that a checkpoint never lacks its series. */
  function enqueue(write: () => Promise<boolean>): Promise<Stored> {
    last = last.then(async (before) => {
      if (before !== 'stored') return before
      const stored = await persist(write, { signal: lost, patienceMs })
      if (stored !== 'stored') onTrouble(stored)
      return stored
    })
    return last
  }

  function flush(): Promise<Stored> {
    if (leftOut > 0) logs.push(confess(leftOut))
    const [sentProgress, sentPoints, sentLogs] = [progress, points, logs]
    leftOut = 0
    progress = null
    points = []
    logs = []
    if (sentLogs.length > 0) void enqueue(() => ledger.recordLogs(claim, sentLogs))
    if (sentPoints.length > 0) void enqueue(() => ledger.recordSeries(claim, sentPoints))
    if (sentProgress !== null) void enqueue(() => ledger.recordProgress(claim, sentProgress))
    return last
  }
  const timer = setInterval(() => void flush(), flushIntervalMs)

  return {
    progress: (next) => void (progress = next),
    series(more) {
      for (const point of more) points.push(point)
    },
    log(entry) {
      if (logs.length < mostLines) logs.push({ ...entry, message: storable(entry.message) })
      else leftOut += 1
    },
    checkpoint(checkpoint) {
      void flush()
      return enqueue(() => ledger.recordCheckpoint(claim, checkpoint))
    },
    flush,
    stop: () => clearInterval(timer),
  }
}

function confess(lines: number): LogEntry {
  return { at: new Date().toISOString(), level: 'warn', message: `${lines} more lines were omitted` }
}

/** PostgreSQL's text cannot contain NUL, and long lines are cut. */
function storable(message: string): string {
  return message.replaceAll('\0', '\u2400').slice(0, longestMessage)
}
