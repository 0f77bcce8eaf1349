import type { Point, SceneOverlay } from './overlay-scenes.ts'
import { pictureColours, shortest, svgDocument, symbolShape, type SvgOptions } from './picture-svg.ts'
import { sceneShapes } from './scene-svg.ts'

/** Every way is pale: the more episodes took it, the stronger it is. So are the goals of many levels. */
export function sceneOverlaySvg(overlay: SceneOverlay, { title, cellPixels, legend = false }: SvgOptions): string {
  const { background, goals, start, ends, episodes } = overlay
  const opacity = opacityOfOne(episodes)
  return svgDocument(overlay, {
    title,
    cellPixels,
    shapes: [
      // Without crisp edges, hairlines show between the rows of walls.
      '<g shape-rendering="crispEdges">',
      ...sceneShapes({ shapes: background.filter(({ thing }) => thing === 'wall') }, pictureColours),
      '</g>',
      ...sceneShapes({ shapes: background.filter(({ thing }) => thing !== 'wall') }, pictureColours),
      `<g fill-opacity="${opacity}">`,
      ...sceneShapes({ shapes: goals }, pictureColours),
      '</g>',
      `<g ${strokeOf(opacity)}>`,
      ...overlay.paths.map((points) => path(points)),
      '</g>',
      ...(start === null
        ? []
        : [`<g transform="translate(${start.map((at) => shortest(at - 0.5)).join(' ')})">${symbolShape('start')}</g>`]),
      `<g fill-opacity="${opacity}">`,
      ...ends.map((end) => disc(end)),
      '</g>',
    ],
    legend: legend ? legendOf(overlay) : [],
  })
}

function legendOf({ start, legend, paths, ends, episodes, turnedBack }: SceneOverlay) {
  const entries = [
    { shape: symbolShape('start'), name: 'start', shown: start !== null },
    ...legend.map(({ thing, name }) => ({ shape: symbolShape(thing), name, shown: true })),
    {
      shape: path(
        [
          [0.1, 0.5],
          [0.9, 0.5],
        ],
        strokeOf(1),
      ),
      name: 'way',
      shown: paths.length > 0,
    },
    { shape: disc([0.5, 0.5]), name: 'end', shown: ends.length > 0 },
    {
      shape: exchange,
      name: `${turnedBack} of ${episodes} mirrored, as they begin at the right`,
      shown: turnedBack > 0,
    },
  ]
  return entries.filter(({ shown }) => shown)
}

/** So that a single way is still visible, and that of most episodes is full. */
function opacityOfOne(episodes: number): number {
  return shortest(Math.min(0.9, Math.max(0.12, 1.5 / Math.sqrt(episodes))))
}

function strokeOf(opacity: number): string {
  return `fill="none" stroke="${pictureColours.trail}" stroke-width=".18" stroke-linejoin="round" stroke-linecap="round" stroke-opacity="${opacity}"`
}

/** In relative steps, which are shorter. */
function path(points: readonly Point[], attributes = ''): string {
  const steps = points.map(([x, y], index) => {
    const last = points[index - 1]
    return last === undefined ? `M${shortest(x)} ${shortest(y)}` : `l${shortest(x - last[0])} ${shortest(y - last[1])}`
  })
  return `<path d="${steps.join('')}"${attributes === '' ? '' : ` ${attributes}`}/>`
}

function disc([x, y]: Point): string {
  return `<circle cx="${shortest(x)}" cy="${shortest(y)}" r=".3" fill="${pictureColours.agent}"/>`
}

/** Arrows to the left and to the right. */
const exchange = `<path d="M.9 .35H.1l.2 -.2M.1 .65h.8l-.2 .2" fill="none" stroke="${pictureColours.ink}" stroke-width=".08"/>`
