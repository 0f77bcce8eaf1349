import { overlayCells, type CellOverlay, type OverlaidCells } from './overlay-cells.ts'
import { overlayScenes, type OverlaidScenes, type SceneOverlay } from './overlay-scenes.ts'
import type { Picture } from './picture.ts'

/** One episode of a world that is drawn in cells or as a scene: its level before and after. */
export type OverlaidEpisode =
  | ({ readonly kind: 'cells' } & OverlaidCells)
  | ({ readonly kind: 'scene' } & OverlaidScenes)

/** Many episodes in one picture. */
export type Overlay = CellOverlay | SceneOverlay

/** None if the world is drawn as camera images: they do not say where the agent went. */
export function overlaidEpisode(before: Picture, after: Picture): OverlaidEpisode[] {
  if (before.kind === 'cells' && after.kind === 'cells') return [{ kind: 'cells', before, after }]
  if (before.kind === 'scene' && after.kind === 'scene') return [{ kind: 'scene', before, after }]
  return []
}

/** Overlays episodes of one world, on one level or on many. Throws a RangeError if there is no episode. */
export function overlayEpisodes(episodes: readonly OverlaidEpisode[]): Overlay {
  if (episodes.length === 0) throw new RangeError('there is no episode to draw')
  const scenes = episodes.filter((episode) => episode.kind === 'scene')
  return scenes.length > 0
    ? overlayScenes(scenes)
    : overlayCells(episodes.filter((episode) => episode.kind === 'cells'))
}
