import type { Environment } from '../environment.ts'
import { observeAsPixels, pixelObservation, type TileSet } from './tile-view.ts'

type Viewed = { readonly view: 'symbolic' | 'pixels' }
type Seen<Parameters, Level> = Required<
  Pick<Environment<Parameters, Level>, 'observation' | 'createSimulator' | 'objects'>
>

/** What a grid world with the parameter `view` shows: its own symbols, or pixels. In pixels nothing can be hidden. */
export function pixelWorld<Parameters extends Viewed, Level>(
  { observation, createSimulator, objects }: Seen<Parameters, Level>,
  tilesOf: (parameters: Parameters) => TileSet,
): Seen<Parameters, Level> {
  return {
    observation: (parameters) => (parameters.view === 'pixels' ? pixelObservation : observation(parameters)),
    createSimulator(parameters, batch) {
      const simulator = createSimulator(parameters, batch)
      return parameters.view === 'pixels' ? observeAsPixels(simulator, tilesOf(parameters)) : simulator
    },
    objects: (parameters) => (parameters.view === 'pixels' ? [] : objects(parameters)),
  }
}
