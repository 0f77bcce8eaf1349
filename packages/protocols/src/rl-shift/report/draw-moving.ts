import type { Picture } from '@goalpost/contracts'
import { movingSvg, type Environment, type EpisodeRecord } from '@goalpost/environments'

/** Longer episodes, and worlds whose every step is another drawing, would be larger. */
const mostBytes = 40_000

type Shown = {
  readonly environment: Environment
  readonly parameters: unknown
  readonly level: unknown
  readonly episode: EpisodeRecord
}

/** Every step of an episode, as a picture that moves; nothing where that would be large. */
export function drawMoving(
  { environment, parameters, level, episode: { actions, seed } }: Shown,
  title: string,
): Pick<Picture, 'movingSvg'> {
  const taken = [...actions]
  const pictures = Array.from({ length: taken.length + 1 }, (_, step) =>
    environment.picture(parameters, level, { actions: taken.slice(0, step), ...(seed === undefined ? {} : { seed }) }),
  )
  const svg = movingSvg(pictures, { title, legend: true })
  return svg.length > mostBytes ? {} : { movingSvg: svg }
}
