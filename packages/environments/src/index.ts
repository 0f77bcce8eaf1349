export type * from './agency.ts'
export type * from './environment.ts'
export { abilitiesOf, requireAbility, type Ability } from './abilities.ts'
export { noMeasures, referenceNames, stay } from './environment.ts'
export { mapGoals } from './map-goals.ts'
export { sampleMixture, type LevelMixture } from './mixture.ts'
export { observeThrough } from './observe-through.ts'
export { environments } from './registry.ts'
export {
  overlaidEpisode,
  overlayEpisodes,
  wasHere,
  type OverlaidEpisode,
  type Overlay,
  type OverlayCell,
} from './rendering/overlay.ts'
export { overlayLegend, overlayLines } from './rendering/overlay-lines.ts'
export { overlaySvg } from './rendering/overlay-svg.ts'
export type { CellPicture, Picture, PictureCell, PixelPicture, ScenePicture, Thing } from './rendering/picture.ts'
export { pictureLegend, pictureLines, type LineOptions } from './rendering/picture-lines.ts'
export { pictureSvg, type SvgOptions } from './rendering/picture-svg.ts'
export { movingSvg, type MovingOptions } from './rendering/moving-svg.ts'
export { replayEpisode, type ReplayedStep } from './replay.ts'
export type { LevelBuilding, LevelDesign, LevelKind, LevelPlan } from './level-design.ts'
export { levelFingerprint } from './level-fingerprint.ts'
export { applyShift, changeParameters, shiftParameters, type ShiftedWorld } from './shift.ts'
export { findHidden, type HiddenView, type VisibleObject } from './visible-object.ts'
export { shrinkLevel, type ShrinkRequest, type ShrunkLevel } from './shrink-level.ts'
export { findReference, oracleNames, type MainReference, type Reference } from './oracles.ts'
