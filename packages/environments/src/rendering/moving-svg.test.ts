import { expect, test } from 'vitest'
import { corner } from '../gridworlds/corner/corner.ts'
import { movingSvg } from './moving-svg.ts'
import { pictureSvg } from './picture-svg.ts'

const parameters = corner.parameters.parse({ size: 4 })
const level = corner.parseLevel(
  parameters,
  `
  ######
  #....#
  #..#.#
  #..@.#
  #.c..#
  ######`,
)
const [up, left, , right] = [0, 1, 2, 3]
const walk = [right, up, up, left, left, left]
const pictures = Array.from({ length: walk.length + 1 }, (_, step) =>
  corner.picture(parameters, level, { actions: walk.slice(0, step) }),
)
const title = 'An episode'

/** The shapes that are visible at one step, as the style's animations say; `still`: without animations. */
function visibleShapes(svg: string, step: number | 'still'): string[] {
  const steps = walk.length + 6
  const visible = (name: string): boolean => {
    const [, frames = ''] = new RegExp(`@keyframes ${name}\\{(.*?\\})\\}\\.`).exec(svg) ?? []
    const changes = [...frames.matchAll(/([\d.]+)%\{visibility:(\w+)\}/g)]
    const at = (100 * Number(step)) / steps + 0.01
    return changes.filter(([, percent]) => Number(percent) <= at).at(-1)?.[2] === 'visible'
  }
  return svg.split('\n').flatMap((line) => {
    const [, name, hidden, shape] = /^<g class="(s\d+)"( visibility="hidden")?>(.*)<\/g>$/.exec(line) ?? []
    if (name === undefined || shape === undefined) return line.startsWith('<style>') ? [] : [line]
    return (step === 'still' ? hidden === undefined : visible(name)) ? [shape] : []
  })
}

test('at every step shows exactly the shapes of that step', () => {
  const svg = movingSvg(pictures, { title })
  for (const [step, picture] of pictures.entries()) {
    const still = pictureSvg(picture, { title }).split('\n')
    expect(visibleShapes(svg, step).toSorted(), `step ${step}`).toEqual(still.toSorted())
  }
})

test('without motion shows the last step', () => {
  const last = pictureSvg(pictures[walk.length], { title }).split('\n')
  expect(visibleShapes(movingSvg(pictures, { title }), 'still').toSorted()).toEqual(last.toSorted())
})

test('names everything that is seen at some time, once', () => {
  const names = [...movingSvg(pictures, { title, legend: true }).matchAll(/<text[^>]*>([^<]*)/g)].map(
    ([, name]) => name,
  )
  expect(names.toSorted()).toEqual(['cheese', 'corner', 'mouse', 'start'])
})

test('is small, since what stays is in it once, and needs no network and no script', () => {
  const svg = movingSvg(pictures, { title })
  const single = pictureSvg(pictures[0], { title })
  expect(svg.length).toBeLessThan(single.length * 6)
  expect(svg).not.toMatch(/script|href|url\(/)
})

test('moves in scenes, too', () => {
  const scene = (x: number) =>
    ({
      kind: 'scene',
      width: 4,
      height: 4,
      shapes: [
        { thing: 'goal', shape: 'rectangle', x: 3, y: 0, width: 1, height: 1 },
        { thing: 'agent', shape: 'circle', x, y: 3, radius: 0.4 },
      ],
      legend: [],
    }) as const
  const svg = movingSvg([scene(0), scene(1), scene(2)], { title })
  expect(svg.match(/<rect x="3"/g)).toHaveLength(1)
  expect(svg.match(/<g class/g)).toHaveLength(3)
})

test('an episode without steps stands still, and without a picture there is nothing to show', () => {
  expect(movingSvg([pictures[0]], { title })).toBe(pictureSvg(pictures[0], { title }))
  expect(() => movingSvg([], { title })).toThrow(RangeError)
})
