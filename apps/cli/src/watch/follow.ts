import { setTimeout as delay } from 'node:timers/promises'
import type { ExperimentView } from '@goalpost/contracts'
import { GoalpostError } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { createLiveArea } from './live-area.ts'
import { summariseProgress, type ExperimentProgress } from './progress.ts'
import { progressLine, renderProgress } from './render-progress.ts'

const pollMs = 400
const lineEveryMs = 5_000
const toleratedOutageMs = 60_000

/** A service has no workers for a moment after it starts; that is not reported. */
const noticeAfterMs = 10_000

export type Followed = { readonly view: ExperimentView; readonly ended: 'by itself' | 'interrupted' | 'timeout' }

export type Following = { readonly id: string; readonly timeoutMs?: number | null }

/** Shows progress until the experiment ends, the timeout passes or the user interrupts. */
export async function followExperiment(
  context: Context,
  api: ServiceApi,
  { id, timeoutMs = null }: Following,
): Promise<Followed> {
  const deadline = timeoutMs === null ? Number.POSITIVE_INFINITY : context.now() + timeoutMs
  const display = context.interactive ? liveDisplay(context) : lineDisplay(context)
  let known: ExperimentView | null = null
  let failingSince: number | null = null
  let waitingSince: number | null = null
  try {
    for (;;) {
      try {
        known = await api.experiment(id)
        failingSince = null
      } catch (error) {
        failingSince ??= context.now()
        if (!isPassing(error) || context.now() - failingSince > toleratedOutageMs) throw error
      }
      waitingSince = known === null || known.notices.length === 0 ? null : (waitingSince ?? context.now())
      const isLong = waitingSince !== null && context.now() - waitingSince >= noticeAfterMs
      if (known !== null) display.show(isLong ? known : { ...known, notices: [] })
      if (known !== null && hasEnded(known)) return { view: known, ended: 'by itself' }
      if (known !== null && context.now() >= deadline) return { view: known, ended: 'timeout' }
      if (context.interrupted.aborted) break
      await delay(pollMs, undefined, { signal: context.interrupted }).catch(() => undefined)
      if (context.interrupted.aborted) break
    }
  } finally {
    display.end()
  }
  if (known === null) throw new GoalpostError('unavailable', 'Interrupted before the service answered')
  return { view: known, ended: 'interrupted' }
}

export function hasEnded({ state }: Pick<ExperimentView, 'state'>): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled'
}

/** How long to wait for a service that restarts. */
function isPassing(error: unknown): boolean {
  return error instanceof GoalpostError && ['unavailable', 'too-many-requests', 'internal'].includes(error.code)
}

type Display = { show(view: ExperimentView): void; end(): void }

function liveDisplay(context: Context): Display {
  const area = createLiveArea(context)
  let shown: { progress: ExperimentProgress; secondsLeft: number | null } | null = null
  const draw = (): void => {
    if (shown === null) return
    const { columns, rows } = context.screen()
    area.show(renderProgress({ ...context.terminal, columns }, shown.progress, { ...shown, rows }))
  }
  const forget = context.onResize(draw)
  return {
    show(view) {
      shown = { progress: summariseProgress(view), secondsLeft: view.secondsLeft ?? null }
      draw()
    },
    end() {
      forget()
      area.clear()
    },
  }
}

/** For logs and pipes: a line every few seconds if something has changed. */
function lineDisplay(context: Context): Display {
  let lastLine = ''
  let lastAt = Number.NEGATIVE_INFINITY
  return {
    show(view) {
      const progress = summariseProgress(view)
      const { secondsLeft = null } = view
      if (context.now() - lastAt < lineEveryMs && !hasEnded(view)) return
      const line = progressLine(context.terminal, progress, secondsLeft)
      if (line === lastLine) return
      lastLine = line
      lastAt = context.now()
      context.note(line)
    },
    end: () => undefined,
  }
}
