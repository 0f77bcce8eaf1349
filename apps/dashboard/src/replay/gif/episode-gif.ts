import type { PlayedEpisode } from '../play-episode.ts'
import { encodeGif, type GifFrame } from './encode-gif.ts'

/** The longer side of a picture, in pixels. */
const longestSide = 400
/** The last step stays for as long as so many others. */
const lastSteps = 6

type Timing = { readonly millisecondsPerStep: number }

/** All steps of an episode as an animated GIF. Runs in browsers only: they draw the pictures. */
export async function episodeGif(episode: PlayedEpisode, timing: Timing): Promise<Blob> {
  const drawings = Array.from({ length: episode.steps.length + 1 }, (_, step) => episode.draw(step))
  const sizes = drawings.map(sizeOf)
  const width = Math.max(...sizes.map((size) => size.width))
  const height = Math.max(...sizes.map((size) => size.height))
  const scale = longestSide / Math.max(width, height)
  const extent = { width: Math.round(width * scale), height: Math.round(height * scale) }
  return new Blob([await encodeGif(drawFrames(drawings, { ...extent, scale, ...timing }), extent)], {
    type: 'image/gif',
  })
}

/** Of an SVG document, in pixels. */
function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const [, width, height] = /^<svg [^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []
  if (width === undefined || height === undefined) throw new Error('A picture has no size')
  return { width: Number(width), height: Number(height) }
}

type Drawn = Timing & { readonly width: number; readonly height: number; readonly scale: number }

/** Only one picture is decoded at a time. */
async function* drawFrames(
  drawings: readonly string[],
  { width, height, scale, millisecondsPerStep }: Drawn,
): AsyncGenerator<GifFrame> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('This browser cannot draw pictures')
  context.fillStyle = '#f8fafc'
  for (const [step, drawing] of drawings.entries()) {
    const picture = await loadPicture(drawing)
    context.fillRect(0, 0, width, height)
    context.drawImage(picture, 0, 0, picture.naturalWidth * scale, picture.naturalHeight * scale)
    yield {
      rgba: context.getImageData(0, 0, width, height).data,
      milliseconds: millisecondsPerStep * (step === drawings.length - 1 ? lastSteps : 1),
    }
  }
}

async function loadPicture(svg: string): Promise<HTMLImageElement> {
  const picture = new Image()
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await picture.decode()
  return picture
}
