import { createAxis, formatNumber, formatTick } from '@goalpost/report-view'
import { useState } from 'react'
import { Folded } from '../design/folded.tsx'
import { useWidth } from '../design/use-width.ts'
import { ToneIcon } from '../design/tone-icon.tsx'
import { VerdictLegend } from '../design/verdict-legend.tsx'
import { valueOf, type GridOption, type GridPoint, type GridResult } from './grid-points.ts'

const height = 280
const margin = { left: 68, right: 60, top: 34, bottom: 16 }
const widest = 860
/** Names of values and options are cut to as many letters, and to fewer where axes are close. */
const longestName = 22
const letterWidth = 7

type Props = { readonly options: readonly GridOption[]; readonly result: GridResult }
type Axis = {
  readonly title: string
  readonly marks: readonly { readonly name: string; readonly y: number }[]
  place(point: GridPoint): number
}

/** Parallel coordinates: an axis for each option, the last one for the result, and a line for each condition. */
export function ParallelChart({ options, result }: Props) {
  const [container, available] = useWidth<HTMLDivElement>()
  const [pointed, setPointed] = useState<string | null>(null)
  const width = Math.min(available, widest)
  const axes = [...options.map(optionAxis), resultAxis(result)]
  // The names of the first axis stand left of it.
  const names = axes[0]?.marks.map(({ name }) => Math.min(name.length, longestName)) ?? []
  const start = Math.max(margin.left, Math.min(width / 4, 12 + letterWidth * Math.max(0, ...names)))
  const left = (index: number): number =>
    start + (index * (width - start - margin.right)) / Math.max(1, axes.length - 1)
  const room = (left(1) - left(0)) / letterWidth
  const longest = Math.max(4, Math.min(longestName, Math.floor(room)))
  const shown = result.points.find(({ condition }) => condition === pointed)
  return (
    <div ref={container}>
      {width > 0 && (
        <svg className="plot parallel" width={width} height={height} role="img" aria-label={describe(result)}>
          {axes.map((axis, index) => (
            <line
              key={axis.title}
              className="axis"
              x1={left(index)}
              x2={left(index)}
              y1={margin.top}
              y2={height - margin.bottom}
            />
          ))}
          {result.points.map((point) => (
            <path
              key={point.condition}
              className={`line by-verdict tone-${point.tone} ${pointed === point.condition ? 'pointed' : ''}`}
              d={axes.map((axis, index) => `${index === 0 ? 'M' : 'L'}${left(index)} ${axis.place(point)}`).join('')}
              onPointerEnter={() => setPointed(point.condition)}
              onPointerLeave={() => setPointed(null)}
            >
              <title>{textOf(point)}</title>
            </path>
          ))}
          {axes.map((axis, index) => (
            <AxisText key={axis.title} axis={axis} x={left(index)} longest={longest} />
          ))}
        </svg>
      )}
      <p className="note pointed-at">{shown === undefined ? ' ' : textOf(shown)}</p>
      <VerdictLegend points={result.points} />
      <Folded title={`The ${result.points.length} lines`}>
        {() => <LineList points={result.points} pointed={pointed} setPointed={setPointed} />}
      </Folded>
    </div>
  )
}

const textOf = ({ condition, result, verdict }: GridPoint): string =>
  `${condition}: ${formatNumber(result)}, ${verdict}`

type LinesProps = {
  readonly points: readonly GridPoint[]
  readonly pointed: string | null
  readonly setPointed: (condition: string | null) => void
}

/** The lines in words. With the keys or a finger, each is found in the chart. */
function LineList({ points, pointed, setPointed }: LinesProps) {
  return (
    <ul className="parallel-lines">
      {points.map((point) => (
        <li key={point.condition}>
          <button
            type="button"
            className="small"
            aria-pressed={pointed === point.condition}
            onFocus={() => setPointed(point.condition)}
            onClick={() => setPointed(point.condition)}
            onBlur={() => setPointed(null)}
          >
            <ToneIcon tone={point.tone} /> {textOf(point)}
          </button>
        </li>
      ))}
    </ul>
  )
}

const heightOf = (share: number): number => height - margin.bottom - share * (height - margin.top - margin.bottom)

function optionAxis({ path, values }: GridOption): Axis {
  const share = (value: string): number => (values.indexOf(value) + 0.5) / values.length
  return {
    title: path,
    marks: values.map((value) => ({ name: value, y: heightOf(share(value)) })),
    place: (point) => heightOf(share(valueOf(point, path))),
  }
}

function resultAxis({ title, points }: GridResult): Axis {
  const axis = createAxis(
    points.map(({ result }) => result),
    'linear',
  )
  return {
    title,
    marks: axis.ticks.map((tick) => ({ name: formatTick(tick), y: heightOf(axis.place(tick)) })),
    place: ({ result }) => heightOf(axis.place(result)),
  }
}

type TextProps = { readonly axis: Axis; readonly x: number; readonly longest: number }

/** Above the lines, which cross it. */
function AxisText({ axis: { title, marks }, x, longest }: TextProps) {
  return (
    <g>
      <text className="label" x={x} y={16} textAnchor="middle">
        {shortened(title, longest)}
        <title>{title}</title>
      </text>
      {marks.map(({ name, y }) => (
        <text key={name} className="tick" x={x - 6} y={y} textAnchor="end" dominantBaseline="middle">
          {shortened(name, longest)}
        </text>
      ))}
    </g>
  )
}

/** The end of a path says more than its beginning. */
const shortened = (name: string, longest: number): string =>
  name.length > longest ? `…${name.slice(1 - longest)}` : name

const describe = ({ title, points }: GridResult): string =>
  `${title} of each condition: ${points.map(textOf).join('; ')}`
