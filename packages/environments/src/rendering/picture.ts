/**
 * What one cell shows. `proxy` is what the proxy goal rewards, `both` where the intended goal lies there too; `hazard` is
 * what costs, such as lava or a monster, and `other` another agent.
 */
export type Thing = 'wall' | 'floor' | 'agent' | 'start' | 'goal' | 'proxy' | 'both' | 'hazard' | 'other'

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

/** What an episode on a grid looked like, before anybody has chosen characters, colours or pixels for it. */
export type Picture = {
  readonly rows: readonly (readonly PictureCell[])[]
  /** What the things are called in this world, e.g. `goal` → cheese. Holds only what can be seen. */
  readonly legend: readonly { readonly thing: Thing; readonly name: string }[]
}
