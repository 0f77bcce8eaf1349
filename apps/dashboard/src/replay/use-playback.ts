import { useEffect, useState } from 'react'
import { useIsShown } from '../design/use-is-shown.ts'

type Playback = {
  readonly step: number
  readonly last: number
  /** Steps per second. */
  readonly speed: number
  readonly onStep: (step: number) => void
}

/** Steps on by itself while it plays and its tab is shown; at the end, playing starts from the beginning. */
export function usePlayback({ step, last, speed, onStep }: Playback) {
  const [isPlaying, setPlaying] = useState(false)
  const isShown = useIsShown()
  useEffect(() => {
    if (!isPlaying || !isShown) return
    if (step >= last) return setPlaying(false)
    const timer = setTimeout(() => onStep(step + 1), 1_000 / speed)
    return () => clearTimeout(timer)
  }, [isPlaying, isShown, step, last, speed, onStep])
  const play = (): void => {
    if (!isPlaying && step >= last) onStep(0)
    setPlaying(!isPlaying)
  }
  return { isPlaying, play }
}
