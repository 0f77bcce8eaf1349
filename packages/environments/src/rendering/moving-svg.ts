import type { Picture } from './picture.ts'
import { extentOf, legendOf, shapeLayers, shortest, svgDocument, type SvgOptions } from './picture-svg.ts'

export type MovingOptions = SvgOptions & {
  /** How long each picture is shown; the last one longer. */
  readonly secondsPerStep?: number
}

/** The last picture stays for as long as so many others. */
const lastSteps = 6

/**
 * Pictures of one level, one after another without end, as a stand-alone SVG document: no script, no network. What
 * does not change is in it once. Where people ask for reduced motion it shows the last picture only. Throws a RangeError
 * if there is no picture.
 */
export function movingSvg(
  pictures: readonly Picture[],
  { title, legend = false, cellPixels, secondsPerStep = 0.25 }: MovingOptions,
): string {
  const last = pictures.at(-1)
  if (last === undefined) throw new RangeError('there is no picture to show')
  const shapes = timedShapes(pictures)
  const patterns = [...new Set(shapes.flatMap(({ shown }) => (shown.includes(false) ? [patternOf(shown)] : [])))]
  const classes = new Map(patterns.map((pattern, index) => [pattern, `s${index}`]))
  const seconds = shortest((pictures.length - 1 + lastSteps) * secondsPerStep)
  const style = styleOf(classes, { count: pictures.length, seconds })
  const drawn = shapes.map(({ shape, shown }) => {
    const name = classes.get(patternOf(shown))
    return name === undefined
      ? shape
      : `<g class="${name}"${shown.at(-1) === true ? '' : ' visibility="hidden"'}>${shape}</g>`
  })
  return svgDocument(extentOf(last), {
    title,
    cellPixels,
    shapes: [...style, ...drawn],
    legend: legend ? legendOf({ legend: commonLegend(pictures) }) : [],
  })
}

/** Every thing that is seen at some time, once: what it is called may change with the place it is at. */
function commonLegend(pictures: readonly Picture[]): Picture['legend'] {
  const all = pictures.flatMap(({ legend }) => legend)
  return [...new Map(all.toReversed().map((entry) => [entry.thing, entry])).values()].toReversed()
}

/** A shape, and in which of the pictures it is. */
type TimedShape = { readonly shape: string; readonly shown: readonly boolean[] }

/** Layer by layer; within a layer, shapes that stay come first. */
function timedShapes(pictures: readonly Picture[]): TimedShape[] {
  const frames = pictures.map(shapeLayers)
  const layers = Math.max(...frames.map((layersOfFrame) => layersOfFrame.length))
  return Array.from({ length: layers }, (_, layer) => {
    const inFrames = frames.map((layersOfFrame) => new Set(layersOfFrame[layer] ?? []))
    const shapes = [...new Set(inFrames.flatMap((frame) => [...frame]))]
    const timed = shapes.map((shape) => ({ shape, shown: inFrames.map((frame) => frame.has(shape)) }))
    const stays = ({ shown }: TimedShape) => !shown.includes(false)
    return [...timed.filter(stays), ...timed.filter((each) => !stays(each))]
  }).flat()
}

const patternOf = (shown: readonly boolean[]): string => shown.map(Number).join('')

type Timing = { readonly count: number; readonly seconds: number }

/** One animation for each pattern of being shown; shapes with equal patterns share it. */
function styleOf(classes: ReadonlyMap<string, string>, { count, seconds }: Timing): string[] {
  if (classes.size === 0) return []
  const total = count - 1 + lastSteps
  const rules = [...classes].map(([pattern, name]) => {
    const changes = Array.from(pattern).flatMap((digit, index) =>
      index > 0 && digit === pattern[index - 1]
        ? []
        : [`${shortest((100 * index) / total)}%{visibility:${digit === '1' ? 'visible' : 'hidden'}}`],
    )
    return `@keyframes ${name}{${changes.join('')}100%{visibility:${pattern.endsWith('1') ? 'visible' : 'hidden'}}}.${name}{animation:${name} ${seconds}s step-end infinite}`
  })
  return [`<style>@media (prefers-reduced-motion:no-preference){${rules.join('')}}</style>`]
}
