import { inferBeliefs, type GoalBeliefs } from './goal-beliefs.ts'
import type { RecordedEpisode } from './recorded-episode.ts'

/** What the worker answers to a recorded episode: progress from time to time, and one of the others at the end. */
export type BeliefsAnswer =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'beliefs'; readonly beliefs: GoalBeliefs | null }
  | { readonly type: 'failed'; readonly message: string }

const progressPauseMs = 100

addEventListener('message', ({ data }: MessageEvent<RecordedEpisode>) => {
  try {
    answer({ type: 'beliefs', beliefs: inferBeliefs(data, reportProgress()) })
  } catch (error) {
    answer({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
})

function reportProgress(): (done: number, total: number) => void {
  let saidAt = performance.now()
  return (done, total) => {
    const now = performance.now()
    if (now - saidAt < progressPauseMs) return
    saidAt = now
    answer({ type: 'progress', share: done / total })
  }
}

function answer(message: BeliefsAnswer): void {
  postMessage(message)
}
