import type { ObservationSpec } from '../../environment.ts'
import type { DefinedGridworld, GridParameters } from '../grid/define-gridworld.ts'
import type { GridLevel } from '../grid/grid.ts'
import { createPixelSimulator, type WalkingSimulator } from './pixel-simulator.ts'
import type { DrawCell } from './tiles.ts'
import type { ViewParameters } from './view-parameters.ts'

type Viewed = GridParameters & ViewParameters

/**
 * A gridworld whose parameter `view` chooses between its channels and pictures of them. Nothing can be hidden in a
 * picture.
 */
export function withPixels<
  Parameters extends Viewed,
  Level extends GridLevel,
  World extends DefinedGridworld<Parameters, Level>,
>(world: World & DefinedGridworld<Parameters, Level>, drawCell: DrawCell): World {
  const objects = world.objects
  return {
    ...world,
    observation: (parameters: Parameters) =>
      parameters.view === 'pixels' ? pictureOf(parameters) : world.observation(parameters),
    createSimulator(parameters: Parameters, batch: number) {
      const symbolic = world.createSimulator(parameters, batch)
      if (parameters.view === 'symbolic') return symbolic
      if (!walks(symbolic)) throw new TypeError(`${world.name} cannot be shown in pixels`)
      const { channels } = world.observation(parameters)
      return createPixelSimulator(symbolic, { size: parameters.size, pixels: parameters.pixels, channels, drawCell })
    },
    ...(objects === undefined
      ? {}
      : { objects: (parameters: Parameters) => (parameters.view === 'pixels' ? [] : objects(parameters)) }),
  }
}

function pictureOf({ pixels }: ViewParameters): ObservationSpec {
  return { shape: [pixels, pixels, 3], channels: ['red', 'green', 'blue'], element: 'byte' }
}

function walks<Level>(simulator: object): simulator is WalkingSimulator<Level> {
  return 'mouseCell' in simulator
}
