import type { ObservationSpec } from '@goalpost/environments'
import type { Game } from './game.ts'

/** What the agent is given at one step: values of [height × width × channels], row by row. */
export type Observation = {
  readonly spec: ObservationSpec
  readonly values: Uint8Array
}

/** The observation after the actions, of which none follows the end of the episode. */
export function observe({ environment, parameters, level, seed }: Game, actions: readonly number[]): Observation {
  const simulator = environment.createSimulator(parameters, 1)
  simulator.reset(0, level, seed)
  for (const action of actions) {
    simulator.step(Uint8Array.of(action))
    if (simulator.terminated[0] === 1 || simulator.truncated[0] === 1) break
  }
  return { spec: environment.observation(parameters), values: simulator.observations.slice() }
}

export type Cell = { readonly row: number; readonly column: number }

/** The cells that a channel of bits has set, row by row. */
export function setCells({ spec: { shape }, values }: Observation, channel: number): Cell[] {
  const [height, width, channels] = shape
  const cells: Cell[] = []
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (values[(row * width + column) * channels + channel] === 1) cells.push({ row, column })
  return cells
}

/** The pixels of an observation with the channels red, green and blue, as a canvas takes them. */
export function pixelsOf({ values }: Observation): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray((values.length / 3) * 4).fill(255)
  for (let index = 0; index < values.length / 3; index++)
    for (let channel = 0; channel < 3; channel++) pixels[4 * index + channel] = values[3 * index + channel] ?? 0
  return pixels
}
