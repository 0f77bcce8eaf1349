import { noEngine } from '@goalpost/contracts'
import type { Assignment, Progress } from '@goalpost/contracts'

/** Log lines that every task gets: start, progress and end. */
export type Chronicle = {
  progressed(progress: Progress): void
  stored(step: number): void
  ended(how: keyof typeof endings): void
}

type Writing = {
  readonly traceId?: string | null
  readonly write: (line: string) => void
  /** Milliseconds from any origin. */
  readonly now: () => number
}

const paceEveryMs = 60_000

/** Writes the first line, then one per checkpoint and at most one a minute with the pace. */
export function openChronicle(assignment: Assignment, { write, traceId = null, now }: Writing): Chronicle {
  const startedAt = now()
  let paceAt = startedAt
  write(`${describeStart(assignment)}${traceId === null ? '' : `, trace ${traceId}`}`)
  return {
    progressed(progress) {
      if (now() - paceAt < paceEveryMs) return
      paceAt = now()
      write(describePace(progress))
    },
    stored: (step) => write(`Stored the checkpoint at ${count(step)}`),
    ended: (how) => write(`${endings[how]} after ${describeDuration(now() - startedAt)}`),
  }
}

const endings = { finished: 'Finished', cancelled: 'Cancelled', paused: 'Paused', failed: 'Failed' } as const

function describeStart({ kind, seed, resources, resume }: Assignment): string {
  const { engine, threads } = resources
  const on = engine === noEngine ? '' : `, on ${engine} with ${threads} ${threads === 1 ? 'thread' : 'threads'}`
  const what = `${kind}${seed === null ? '' : `, seed ${seed}`}${on}`
  return resume === null ? `Started: ${what}` : `Resumed from the checkpoint at ${count(resume.step)}: ${what}`
}

function describePace({ done, total, unit, perSecond }: Progress): string {
  const share = `${Math.floor((100 * done) / total)} %: ${count(done)} of ${count(total)} ${unit}`
  if (perSecond === undefined || perSecond <= 0) return share
  return `${share}, ${count(perSecond)} per second, about ${describeDuration((1000 * (total - done)) / perSecond)} left`
}

function describeDuration(ms: number): string {
  const seconds = ms / 1_000
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Three digits for small numbers, whole numbers for others. */
function count(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 })
}
