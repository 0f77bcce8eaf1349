import type { PlayedEpisode } from '../play-episode.ts'
import { encodeGif } from './encode-gif.ts'

/** The longer side of a picture, in pixels. */
const longestSide = 400
/** The last step stays for as long as so many others. */
const lastSteps = 6

/** All steps of an episode as an animated GIF. Runs in browsers only: they draw the pictures. */
export async function episodeGif(
  episode: PlayedEpisode,
  { millisecondsPerStep }: { readonly millisecondsPerStep: number },
): Promise<Blob> {
  const pictures = await Promise.all(
    Array.from({ length: episode.steps.length + 1 }, (_, step) => loadPicture(episode.draw(step))),
  )
  const height = Math.max(...pictures.map((picture) => picture.naturalHeight))
  const width = Math.max(...pictures.map((picture) => picture.naturalWidth))
  const scale = longestSide / Math.max(width, height)
  const extent = { width: Math.round(width * scale), height: Math.round(height * scale) }
  const frames = pictures.map((picture, step) => ({
    rgba: pixelsOf(picture, { ...extent, scale }),
    milliseconds: millisecondsPerStep * (step === episode.steps.length ? lastSteps : 1),
  }))
  return new Blob([encodeGif(frames, extent)], { type: 'image/gif' })
}

async function loadPicture(svg: string): Promise<HTMLImageElement> {
  const picture = new Image()
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await picture.decode()
  return picture
}

type Drawn = { readonly width: number; readonly height: number; readonly scale: number }

function pixelsOf(picture: HTMLImageElement, { width, height, scale }: Drawn): Uint8ClampedArray {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('This browser cannot draw pictures')
  context.fillStyle = '#f8fafc'
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0, picture.naturalWidth * scale, picture.naturalHeight * scale)
  return context.getImageData(0, 0, width, height).data
}
