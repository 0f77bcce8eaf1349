import type { EpisodeRecord } from '../environment.ts'
import { createSceneCanvas } from '../procgen/scene-canvas.ts'
import type { PictureLegend, ScenePicture } from '../rendering/picture.ts'
import { mirrorShape } from '../rendering/scene-geometry.ts'
import { replayEpisode } from '../replay.ts'
import { drawWorld } from './draw-world.ts'
import type { CoinrunLevel } from './level.ts'
import type { CoinrunParameters } from './parameters.ts'
import { createCoinrunSimulator, type CoinrunSimulator } from './simulator.ts'

const legend: PictureLegend = [
  { thing: 'agent', name: 'agent' },
  { thing: 'goal', name: 'coin' },
  { thing: 'proxy', name: 'invisible coin' },
  { thing: 'hazard', name: 'saw, walker or lava' },
  { thing: 'other', name: 'crate' },
]

/** The level after the episode's actions, with the line that the agent's centre has taken. */
export function drawCoinrunEpisode(
  parameters: CoinrunParameters,
  level: CoinrunLevel,
  episode: EpisodeRecord = { actions: [] },
): ScenePicture {
  const { width, height, counterpart, mirrored } = level
  const world = { createSimulator: createCoinrunSimulator }
  let shown: CoinrunSimulator = createCoinrunSimulator(parameters, 1)
  shown.reset(0, level)
  const centre = ({ episodes: { bodies } }: CoinrunSimulator) => [bodies.x[0], height - bodies.y[0]] as const
  const trail = [centre(shown)]
  for (const { simulator } of replayEpisode(world, parameters, { ...episode, level })) {
    shown = simulator
    trail.push(centre(simulator))
  }
  const canvas = createSceneCanvas()
  drawWorld(canvas, shown.episodes, 0, { left: 0, right: width - 1, bottom: 0, top: height - 1 }, height)
  const [x, y] = [(counterpart % width) + 0.5, height - Math.floor(counterpart / width) - 0.5]
  const agent = canvas.shapes.filter(({ thing }) => thing === 'agent')
  const shapes: ScenePicture['shapes'] = [
    ...canvas.shapes.filter(({ thing }) => thing !== 'agent'),
    { thing: 'proxy', shape: 'circle', x, y, radius: 0.25 },
    ...(trail.length > 1 ? [{ thing: 'trail' as const, shape: 'line' as const, points: trail, width: 0.15 }] : []),
    ...agent,
  ]
  return {
    kind: 'scene',
    width,
    height,
    mirrored,
    // As its agent sees it.
    shapes: mirrored ? shapes.map((shape) => mirrorShape(shape, width)) : shapes,
    legend,
  }
}
