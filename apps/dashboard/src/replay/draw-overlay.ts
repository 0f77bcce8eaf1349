import { overlaidEpisode, overlayEpisodes, overlaySvg } from '@goalpost/environments'
import { openRecorded } from './play-episode.ts'
import type { RecordedEpisode } from './recorded-episode.ts'

/** Many episodes in one picture, as an SVG document; null where the world is drawn as camera images. */
export function drawOverlay(episodes: readonly RecordedEpisode[]): string | null {
  const overlaid = episodes.flatMap((recorded) => {
    const { environment, parameters, level } = openRecorded(recorded)
    const { actions, seed } = recorded
    const before = environment.picture(parameters, level)
    return overlaidEpisode(before, environment.picture(parameters, level, { actions, seed }))
  })
  if (overlaid.length === 0) return null
  return overlaySvg(overlayEpisodes(overlaid), {
    title: `${overlaid.length} episodes in one picture`,
    legend: true,
    cellPixels: 40,
  })
}
