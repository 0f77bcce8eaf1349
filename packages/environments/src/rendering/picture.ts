/**
 * What one cell shows. `proxy` is what the proxy goal rewards, `both` where the intended goal lies there too; `hazard` is
 * what costs, such as lava or a monster, and `other` another agent.
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
  /** The sum of the directions in which the agent's trail leaves or enters this cell; 0 where it never was. */
  readonly trail: number
  /** One character that tells this thing from others of its kind, such as its place in an order. */
  readonly label?: string
}

/** What the things are called in this world, e.g. `goal` → cheese. Holds only what can be seen. */
export type PictureLegend = readonly { readonly thing: Thing; readonly name: string }[]

/** What an episode on a grid looked like, before anybody has chosen characters, colours or pixels for it. */
export type CellPicture = {
  readonly kind: 'cells'
  readonly rows: readonly (readonly PictureCell[])[]
  readonly legend: PictureLegend
}

/** Something in a scene, in the scene's own units, from (0, 0) at the top left. What comes later lies above. */
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

/** What an episode in continuous space looked like. */
export type ScenePicture = {
  readonly kind: 'scene'
  readonly width: number
  readonly height: number
  readonly shapes: readonly SceneShape[]
  readonly legend: PictureLegend
}

/** What a camera saw. */
export type PixelPicture = {
  readonly kind: 'pixels'
  readonly width: number
  readonly height: number
  /** [height × width × 3] red, green, blue, row by row. */
  readonly rgb: Uint8Array
  readonly legend: PictureLegend
}

export type Picture = CellPicture | ScenePicture | PixelPicture
