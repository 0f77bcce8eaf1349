import type { GalleryPart } from '@goalpost/contracts'
import { overlayEpisodes, overlayLegend, overlayLines, overlaySvg } from '@goalpost/environments'
import type { KeptPlay } from './gather-kept-episodes.ts'

const reading =
  'Episodes on many levels in one picture: the more episodes took a step, the stronger its line; discs mark where they ' +
  'ended. Objects in the same place on more than half of the levels are drawn underneath.'
const readingText = 'Numbers: percentage of episodes that visited the cell (**: all).'

/** Paths of each condition's agents, on training levels and on shifted ones. */
export function overlayGalleries(played: readonly KeptPlay[]): GalleryPart[] {
  const byCondition = Map.groupBy(played, ({ condition }) => condition)
  return [...byCondition].map(([condition, plays], index) => ({
    type: 'gallery',
    title: `${condition}: where the agents go`,
    ...(index === 0 ? { caption: reading, textCaption: readingText } : { caption: '' }),
    pictures: plays.map(drawPlay),
  }))
}

function drawPlay({ suite, acting, seeds, episodes }: KeptPlay): GalleryPart['pictures'][number] {
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
