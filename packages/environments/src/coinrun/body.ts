/** The agent's box, half of its sides. */
export const halfWidth = 0.5
export const halfHeight = 0.5787

/** Agents by slot: the centre in cells from the bottom left, velocity in cells a step, and whether each could jump. */
export type Bodies = {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly vx: Float64Array
  readonly vy: Float64Array
  readonly supported: Uint8Array
}

export function createBodies(count: number): Bodies {
  const floats = () => new Float64Array(count)
  return { x: floats(), y: floats(), vx: floats(), vy: floats(), supported: new Uint8Array(count) }
}
