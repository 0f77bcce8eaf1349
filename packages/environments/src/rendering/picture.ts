/**
 * The content of one cell. `proxy` is rewarded by the proxy goal, `both` also by the intended goal; `hazard` costs,
 * such as lava or a monster, and `other` is another agent.
 */
export const things = ['wall', 'floor', 'agent', 'start', 'goal', 'proxy', 'both', 'hazard', 'other'] as const
export type Thing = (typeof things)[number]

export function isThing(name: string): name is Thing {
  return things.some((thing) => thing === name)
}

/** Directions in which a trail leaves a cell, to be added up. */
export const trailUp = 1
export const trailLeft = 2
export const trailDown = 4
export const trailRight = 8

export type PictureCell = {
  readonly thing: Thing
  /** The sum of the directions in which the agent's trail leaves or enters this cell; 0 if it never visited it. */
  readonly trail: number
  /** One character that distinguishes this thing from others of its kind, such as its place in an order. */
  readonly label?: string
}

/** Names of the visible things in this world, e.g. `goal` → cheese. */
export type PictureLegend = readonly { readonly thing: Thing; readonly name: string }[]

/** An episode on a grid, independent of characters, colours or pixels. */
export type CellPicture = {
  readonly kind: 'cells'
  readonly rows: readonly (readonly PictureCell[])[]
  readonly legend: PictureLegend
}

/** An object in a scene, in the scene's own units, from (0, 0) at the top left. Later ones are drawn on top. */
export type SceneShape = { readonly thing: Thing | 'trail' } & (
  | { readonly shape: 'circle'; readonly x: number; readonly y: number; readonly radius: number }
  | {
      readonly shape: 'rectangle'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
    }
  | { readonly shape: 'line'; readonly points: readonly (readonly [x: number, y: number])[]; readonly width: number }
)

/** An episode in continuous space. */
export type ScenePicture = {
  readonly kind: 'scene'
  /** Whether the level is shown in a mirror, as its agent sees it; default: it is not. */
  readonly mirrored?: boolean
  readonly width: number
  readonly height: number
  readonly shapes: readonly SceneShape[]
  readonly legend: PictureLegend
}

/** A camera image. */
export type PixelPicture = {
  readonly kind: 'pixels'
  readonly width: number
  readonly height: number
  /** [height × width × 3] red, green, blue, row by row. */
  readonly rgb: Uint8Array
  readonly legend: PictureLegend
}

export type Picture = CellPicture | ScenePicture | PixelPicture
