import type { Rng } from '@goalpost/random'

export type NoiseGrid = {
  /** The noise has size × size places, a cell apart. */
  readonly size: number
  /** Side of a cell of the lattice, in cells of the world. */
  readonly scale: number
  /** Cells from a point of the lattice to the first place, both down and to the right. */
  readonly offset: number
}

/**
 * Perlin's gradient noise (SIGGRAPH 1985, with the smoother fade of 2002), row by row: unit gradients in uniform
 * directions on a square lattice. Values lie within ±√½, are 0 in the mean, and 0 at the points of the lattice.
 */
export function drawPerlinNoise({ size, scale, offset }: NoiseGrid, random: Rng): Float64Array {
  const side = Math.floor((size - 1 + offset) / scale) + 2
  const angles = Float64Array.from({ length: side * side }, () => 2 * Math.PI * random.uniform())
  const [cosines, sines] = [angles.map(Math.cos), angles.map(Math.sin)]
  const noise = new Float64Array(size * size)

  /** The ramp of lattice point (row, column) at a place that lies (dy, dx) from it. */
  function ramp(row: number, column: number, dy: number, dx: number): number {
    const point = row * side + column
    return cosines[point] * dx + sines[point] * dy
  }

  for (let index = 0; index < noise.length; index++) {
    const y = (Math.floor(index / size) + offset) / scale
    const x = ((index % size) + offset) / scale
    const [row, column] = [Math.floor(y), Math.floor(x)]
    const [dy, dx] = [y - row, x - column]
    const top = mix(ramp(row, column, dy, dx), ramp(row, column + 1, dy, dx - 1), fade(dx))
    const bottom = mix(ramp(row + 1, column, dy - 1, dx), ramp(row + 1, column + 1, dy - 1, dx - 1), fade(dx))
    noise[index] = mix(top, bottom, fade(dy))
  }
  return noise
}

const fade = (t: number) => t * t * t * (t * (6 * t - 15) + 10)
const mix = (from: number, to: number, share: number) => from + share * (to - from)
