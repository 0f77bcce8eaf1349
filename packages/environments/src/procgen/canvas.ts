import type { SceneShape } from '../rendering/picture.ts'

/** How a shape looks: `thing` in pictures for people, `rgb` (0 to 255 each) in pixels for agents. */
export type Paint = {
  readonly thing: SceneShape['thing']
  readonly rgb: readonly [red: number, green: number, blue: number]
}

/**
 * What a world of the Procgen family draws itself on. Coordinates are in cells from the top left of the level, so that
 * the same drawing becomes a scene for people (`createSceneCanvas`) and pixels for agents (`createRaster`). Later shapes
 * are on top.
 */
export type Canvas = {
  rectangle(paint: Paint, x: number, y: number, width: number, height: number): void
  circle(paint: Paint, x: number, y: number, radius: number): void
}
