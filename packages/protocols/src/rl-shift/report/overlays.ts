import type { GalleryPart } from '@goalpost/contracts'
import { overlayEpisodes, overlayLegend, overlayLines, overlaySvg } from '@goalpost/environments'
import type { RecordedPlay } from './gather-trajectories.ts'

const reading =
  'Episodes on many levels, drawn over each other: the more of them took a step, the fuller its line; discs are where they ' +
  'ended. What lies in the same place on more than half of the levels is drawn below.'
const readingText = 'Numbers: the per cent of the episodes that came by (** is all).'

/** Where the agents of each condition go: on training levels, and beside them on shifted ones. */
export function overlayGalleries(played: readonly RecordedPlay[]): GalleryPart[] {
  const byCondition = Map.groupBy(played, ({ condition }) => condition)
  return [...byCondition].map(([condition, plays], index) => ({
    type: 'gallery',
    title: `${condition}: where the agents go`,
    ...(index === 0 ? { caption: reading, textCaption: readingText } : { caption: '' }),
    pictures: plays.map(drawPlay),
  }))
}

function drawPlay({ suite, acting, seeds, episodes }: RecordedPlay): GalleryPart['pictures'][number] {
  const overlay = overlayEpisodes(episodes)
  const title = `on ${suite.name}`
  const legend = overlayLegend(overlay)
  return {
    title,
    lines: [...overlayLines(overlay), ...(legend === '' ? [] : ['', legend])],
    svg: overlaySvg(overlay, { title, legend: true }),
    caption: `${episodes.length} episodes of ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, ${acting}.`,
  }
}
