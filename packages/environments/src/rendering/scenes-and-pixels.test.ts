import { describe, expect, test } from 'vitest'
import { pictureLegend, pictureLines } from './picture-lines.ts'
import { pictureSvg } from './picture-svg.ts'
import type { PixelPicture, ScenePicture } from './picture.ts'

/** A camera's view with one colour for each pixel. */
function camera(width: number, height: number, colourAt: (x: number, y: number) => number): PixelPicture {
  const rgb = new Uint8Array(3 * width * height)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = colourAt(pixel % width, Math.floor(pixel / width))
    rgb.set([colour >> 16, (colour >> 8) & 255, colour & 255], 3 * pixel)
  }
  return { kind: 'pixels', width, height, rgb, legend: [{ thing: 'goal', name: 'coin' }] }
}

describe('pixels', () => {
  test('that are equal in a row are one rectangle, in their own colour', () => {
    const picture = camera(3, 2, (x, y) => (y === 0 && x < 2 ? 0xff8000 : 0x00000f))
    const svg = pictureSvg(picture, { title: 'A coin', cellPixels: 10 })
    expect(svg).toContain('viewBox="0 0 3 2" width="30" height="20"')
    expect(svg.match(/<rect x=[^>]*>/g)).toEqual([
      '<rect x="0" y="0" width="2" height="1" fill="#ff8000"/>',
      '<rect x="2" y="0" width="1" height="1" fill="#00000f"/>',
      '<rect x="0" y="1" width="3" height="1" fill="#00000f"/>',
    ])
  })

  test('are shades in the terminal, from dark to light, by perceived brightness', () => {
    const colours = [0x000000, 0x0000ff, 0xff0000, 0x00ff00, 0xffffff]
    const picture = camera(5, 1, (x) => colours[x]!)
    expect(pictureLines(picture)).toEqual(['    ░░▒▒██'])
    expect(pictureLines(picture, { charset: 'ascii' })).toEqual(['  ..::++@@'])
  })

  test('of 64 × 64 are 32 lines of 32 cells, each the mean of the four pixels that it covers', () => {
    const left = camera(64, 64, (x) => (x < 32 ? 0xffffff : 0))
    expect(pictureLines(left)).toEqual(Array.from({ length: 32 }, () => '█'.repeat(32)))
    const checked = camera(64, 64, (x, y) => ((x + y) % 2 === 0 ? 0xffffff : 0))
    expect(pictureLines(checked)).toEqual(Array.from({ length: 32 }, () => '▒'.repeat(64)))
  })
})

const canal: ScenePicture = {
  kind: 'scene',
  width: 32,
  height: 4,
  shapes: [
    { thing: 'wall', shape: 'rectangle', x: 0, y: 0, width: 32, height: 1 },
    {
      thing: 'trail',
      shape: 'line',
      width: 0.1,
      points: [
        [2.5, 2.5],
        [5.5, 2.5],
      ],
    },
    { thing: 'agent', shape: 'circle', x: 5.5, y: 2.5, radius: 0.5 },
    { thing: 'goal', shape: 'circle', x: 40, y: 3.9, radius: 0.01 },
  ],
  legend: [{ thing: 'agent', name: 'boat' }],
}

describe('a scene', () => {
  test('keeps its shapes, units and order in SVG', () => {
    const svg = pictureSvg(canal, { title: 'Canal', cellPixels: 10 })
    expect(svg).toContain('viewBox="0 0 32 4" width="320" height="40"')
    expect(svg.split('\n').slice(3, -2)).toEqual([
      '<rect x="0" y="0" width="32" height="1" fill="#334155"/>',
      '<polyline points="2.5,2.5 5.5,2.5" stroke="#14b8a6" stroke-width="0.1" fill="none"/>',
      '<circle cx="5.5" cy="2.5" r="0.5" fill="#0f766e"/>',
      '<circle cx="40" cy="3.9" r="0.01" fill="#f59e0b"/>',
    ])
  })

  test('is 32 cells wide in the terminal; small or outside shapes take the nearest one', () => {
    expect(pictureLines(canal, { charset: 'ascii' })).toEqual([
      '#'.repeat(64),
      '',
      `${' '.repeat(4)}${'+-'.repeat(3)}@`,
      `${' '.repeat(62)}c`,
    ])
    expect(pictureLegend(canal)).toBe('● boat')
  })
})
