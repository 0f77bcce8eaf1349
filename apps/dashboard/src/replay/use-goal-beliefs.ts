import { useEffect, useState } from 'react'
import type { BeliefsAnswer } from './goal-beliefs-worker.ts'
import type { RecordedEpisode } from './recorded-episode.ts'

/** For as long as the episode itself is remembered: people go back and forth between episodes. */
const remembered = new WeakMap<RecordedEpisode, BeliefsAnswer>()

const begun: BeliefsAnswer = { type: 'progress', share: 0 }

/** The goals that explain an episode, inferred in a thread of their own; how far that is, until then. */
export function useGoalBeliefs(recorded: RecordedEpisode): BeliefsAnswer {
  const [latest, setLatest] = useState<{ readonly of: RecordedEpisode; readonly answer: BeliefsAnswer } | null>(null)
  useEffect(() => {
    if (remembered.has(recorded)) return
    return inferInWorker(recorded, (answer) => {
      if (answer.type !== 'progress') remembered.set(recorded, answer)
      setLatest({ of: recorded, answer })
    })
  }, [recorded])
  return remembered.get(recorded) ?? (latest?.of === recorded ? latest.answer : begun)
}

/** Returns what ends the thread: nobody waits for an episode that is no longer shown. */
function inferInWorker(recorded: RecordedEpisode, tell: (answer: BeliefsAnswer) => void): () => void {
  const worker = new Worker(new URL('./goal-beliefs-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<BeliefsAnswer>) => {
    tell(data)
    if (data.type !== 'progress') worker.terminate()
  })
  worker.addEventListener('error', ({ message }) => {
    tell({ type: 'failed', message: message === '' ? 'its program could not be loaded' : message })
    worker.terminate()
  })
  worker.postMessage(recorded)
  return () => worker.terminate()
}
