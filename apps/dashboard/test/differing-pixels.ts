import type { Page } from 'playwright-core'

/** Of one colour of a pixel, of 255: smaller differences come from the smoothing of edges. */
const threshold = 48

/**
 * How many pixels of two pictures (PNG) differ by more than smoothing: those that resemble no pixel at their place, or
 * beside it, in the other picture. Pictures of other sizes differ in all. Computed by a browser, which can decode them.
 */
export function differingPixels(page: Page, first: Buffer, second: Buffer): Promise<number> {
  const given = { pictures: [first, second].map((each) => each.toString('base64')), threshold }
  return page.evaluate(async ({ pictures, threshold: most }) => {
    const [a, b] = await Promise.all(
      pictures.map(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const context = canvas.getContext('2d')
        context?.drawImage(bitmap, 0, 0)
        return context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? null
      }),
    )
    if (!a || !b) throw new Error('A picture cannot be read')
    const { width, height } = a
    if (b.width !== width || b.height !== height) return Math.max(width * height, b.width * b.height)
    const resembles = (one: ImageData, at: number, other: ImageData, place: number): boolean =>
      [0, 1, 2].every((channel) => Math.abs((one.data[at + channel] ?? 0) - (other.data[place + channel] ?? 0)) <= most)
    const isFound = (one: ImageData, x: number, y: number, other: ImageData): boolean => {
      const at = 4 * (y * width + x)
      if (resembles(one, at, other, at)) return true
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++)
          if (resembles(one, at, other, 4 * (row * width + column))) return true
      return false
    }
    let differing = 0
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) if (!isFound(a, x, y, b) || !isFound(b, x, y, a)) differing++
    return differing
  }, given)
}
