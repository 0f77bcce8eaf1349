import type { PicturePart, TablePart } from '@goalpost/contracts'
import {
  overlaidEpisode,
  overlayEpisodes,
  overlayLegend,
  overlayLines,
  overlaySvg,
  type OverlaidEpisode,
} from '@goalpost/environments'
import { mean } from '@goalpost/statistics'
import type { ToolFile } from '@goalpost/experiments'
import type { Showing } from './arguments.ts'
import type { Play } from './plays.ts'

type Frame = Showing & { readonly caption: string }

/** Many episodes as one picture, with average outcomes by policy; only the averages if the world is drawn as camera images. */
export function drawOverlay(
  plays: readonly Play[],
  frame: Frame,
): { readonly parts: (PicturePart | TablePart)[]; readonly files: readonly ToolFile[] } {
  const episodes = plays.flatMap(({ found: { environment, parameters, level }, played, seed }) =>
    overlaidEpisode(
      environment.picture(parameters, level),
      environment.picture(parameters, level, { actions: played.actions, seed }),
    ),
  )
  const means = meansTable(plays)
  if (episodes.length === 0) return { parts: [means], files: [] }
  const { part, text } = drawEpisodes(episodes, frame)
  return {
    parts: [part, means],
    files: frame.svg ? [{ name: 'episodes.svg', mediaType: 'image/svg+xml', text }] : [],
  }
}

function drawEpisodes(
  episodes: readonly OverlaidEpisode[],
  { charset, caption }: Frame,
): { readonly part: PicturePart; readonly text: string } {
  const overlay = overlayEpisodes(episodes)
  const title = `${episodes.length} episodes`
  const legend = overlayLegend(overlay, { charset })
  const lines = [...overlayLines(overlay, { charset }), '', 'percentage of episodes that visited the cell; **: all']
  return {
    part: { type: 'picture', title, lines: [...lines, ...(legend === '' ? [] : [legend])], caption },
    text: overlaySvg(overlay, { title: `${title}, ${caption}`, legend: true }),
  }
}

function meansTable(plays: readonly Play[]): TablePart {
  const columns = ['by', 'episodes', 'return', 'proxy return', 'steps'].map((title) => ({ title }))
  const rows = [...Map.groupBy(plays, ({ by }) => by)].map(([by, group]) => {
    const meanOf = (of: (played: Play['played']) => number) => ({
      estimate: { value: mean(group.map(({ played }) => of(played))) },
    })
    const cells = [
      { text: by },
      { text: String(group.length) },
      meanOf(({ returns }) => returns[0]),
      meanOf(({ returns }) => returns[1]),
      meanOf(({ steps }) => steps),
    ]
    return { cells, emphasis: false }
  })
  return { type: 'table', title: 'Average outcome', columns, rows, notes: [] }
}
