import type { PixelPicture, ScenePicture, SceneShape } from './picture.ts'

type Colours = Readonly<Record<SceneShape['thing'], string>>

export function sceneShapes({ shapes }: Pick<ScenePicture, 'shapes'>, colours: Colours): string[] {
  return shapes.map((shape) => {
    const colour = colours[shape.thing]
    if (shape.shape === 'circle')
      return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.radius}" fill="${colour}"/>`
    if (shape.shape === 'rectangle') {
      const { x, y, width, height } = shape
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}"/>`
    }
    const points = shape.points.map(([x, y]) => `${x},${y}`).join(' ')
    return `<polyline points="${points}" stroke="${colour}" stroke-width="${shape.width}" fill="none"/>`
  })
}

/** One rectangle for each run of equal pixels in a row. */
export function pixelShapes({ width, height, rgb }: PixelPicture): string[] {
  const colourAt = (pixel: number) =>
    [0, 1, 2].map((part) => rgb[3 * pixel + part].toString(16).padStart(2, '0')).join('')
  return Array.from({ length: height }, (_, y) => runsOf(width, (x) => colourAt(y * width + x), y)).flat()
}

function runsOf(width: number, colourAt: (x: number) => string, y: number): string[] {
  const runs: string[] = []
  for (let x = 0; x < width;) {
    const [start, colour] = [x, colourAt(x)]
    while (x < width && colourAt(x) === colour) x++
    runs.push(`<rect x="${start}" y="${y}" width="${x - start}" height="1" fill="#${colour}"/>`)
  }
  return runs
}
