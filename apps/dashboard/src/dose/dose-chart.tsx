import { createAxis, formatInterval, formatNumber, formatTick, seedShape, type Axis } from '@goalpost/report-view'
import '../design/verdict-legend.css'
import { useWidth } from '../design/use-width.ts'
import { doseAxis, type DoseAxis } from './dose-axis.ts'
import type { DosePoint, DoseResponse, FittedDose } from './dose-response.ts'

const height = 300
const margin = { left: 52, right: 24, top: 14, bottom: 46 }
const widest = 720
/** Dots of one dose are spread over this many pixels, so that equal values stay apart. */
const spread = 22

type Frame = { readonly width: number; left(dose: number): number; top(value: number): number }

/** A number against the dose: each seed a dot, each condition its mean in its interval. */
export function DoseChart({ response, option }: { readonly response: DoseResponse; readonly option: string }) {
  const [container, available] = useWidth<HTMLDivElement>()
  const width = Math.min(available, widest)
  const doses = response.points.map(({ dose }) => dose)
  const x = doseAxis(doses, { counted: response.counted ?? false })
  const y = createAxis(heightsOf(response), 'linear')
  const frame = frameOf(width, x, y)
  return (
    <div ref={container}>
      {width > 0 && (
        <svg className="plot dose" width={width} height={height} role="img" aria-label={describe(response, option)}>
          <Axes {...{ x, y, frame }} titles={{ x: option, y: response.title }} />
          {response.threshold !== undefined && <Threshold at={frame.top(response.threshold)} frame={frame} />}
          {(response.fitted ?? []).map((dose) => (
            <Fitted key={`${dose.name} ${dose.estimate.value}`} dose={dose} frame={frame} />
          ))}
          {response.points.map((point) => (
            <Dose key={point.condition} point={point} frame={frame} />
          ))}
        </svg>
      )}
    </div>
  )
}

function heightsOf({ points, threshold }: DoseResponse): number[] {
  const ends = points.flatMap(({ estimate: { value, low, high }, dots }) => [
    ...[value, low, high].filter((end) => typeof end === 'number'),
    ...dots.map((dot) => dot.value),
  ])
  return threshold === undefined ? ends : [...ends, threshold]
}

function frameOf(width: number, x: DoseAxis, y: Axis): Frame {
  const inner = { width: width - margin.left - margin.right - spread, height: height - margin.top - margin.bottom }
  return {
    width,
    left: (dose) => margin.left + spread / 2 + x.place(dose) * inner.width,
    top: (value) => margin.top + (1 - y.place(value)) * inner.height,
  }
}

const describe = ({ title, points, fitted = [] }: DoseResponse, option: string): string => {
  const means = points.map(
    ({ dose, estimate: { value }, verdict }) =>
      `${dose}: ${typeof value === 'number' ? formatNumber(value) : '–'}, ${verdict}`,
  )
  const changes = fitted.map(({ name, estimate }) => `changes on ${name} at ${formatNumber(estimate.value)}`)
  return `${title} by ${option}: ${[...means, ...changes].join('; ')}`
}

type AxesProps = {
  readonly x: DoseAxis
  readonly y: Axis
  readonly frame: Frame
  readonly titles: { readonly x: string; readonly y: string }
}

function Axes({ x, y, frame: { width, left, top }, titles }: AxesProps) {
  const right = width - margin.right
  const bottom = height - margin.bottom
  const gap = x.gap === null ? null : margin.left + spread / 2 + x.gap * (right - margin.left - spread)
  return (
    <>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line className="grid" x1={margin.left} x2={right} y1={top(tick)} y2={top(tick)} />
          <text className="tick" x={margin.left - 8} y={top(tick)} textAnchor="end" dominantBaseline="middle">
            {formatTick(tick)}
          </text>
        </g>
      ))}
      <line className="axis" x1={margin.left} x2={right} y1={bottom} y2={bottom} />
      {gap !== null && <path className="axis gap" d={`M${gap - 4} ${bottom + 5}l4 -10m2 10l4 -10`} />}
      {x.ticks.map((tick) => (
        <text key={tick} className="tick" x={left(tick)} y={bottom + 18} textAnchor="middle">
          {formatTick(tick)}
        </text>
      ))}
      <text className="label" x={(margin.left + right) / 2} y={height - 6} textAnchor="middle">
        {titles.x}
        {x.isLog && ' (log)'}
      </text>
      <text className="label" transform={`translate(12 ${(margin.top + bottom) / 2}) rotate(-90)`} textAnchor="middle">
        {titles.y}
      </text>
    </>
  )
}

function Threshold({ at, frame: { width } }: { readonly at: number; readonly frame: Frame }) {
  return (
    <>
      <line className="threshold" x1={margin.left} x2={width - margin.right} y1={at} y2={at} />
      <text className="tick" x={width - margin.right} y={at - 5} textAnchor="end">
        threshold
      </text>
    </>
  )
}

/** Where the finding changes: a line through all values, in the band of its interval. */
function Fitted({ dose: { name, estimate }, frame }: { readonly dose: FittedDose; readonly frame: Frame }) {
  const { value, low, high, count } = estimate
  const within = (dose: number): number => Math.min(frame.width - margin.right, Math.max(margin.left, frame.left(dose)))
  const x = within(value)
  const bottom = height - margin.bottom
  const title = `changes on ${name} at ${formatNumber(value)} ${formatInterval(estimate)}${count === undefined ? '' : `, n = ${count}`}`
  return (
    <g className="fitted">
      {low !== undefined && high !== undefined && (
        <rect
          x={within(low)}
          y={margin.top}
          width={Math.max(1, within(high) - within(low))}
          height={bottom - margin.top}
        />
      )}
      <line x1={x} x2={x} y1={margin.top} y2={bottom}>
        <title>{title}</title>
      </line>
      <text className="tick" x={x + 5} y={margin.top + 10}>
        {formatNumber(value)}
      </text>
    </g>
  )
}

function Dose({ point, frame }: { readonly point: DosePoint; readonly frame: Frame }) {
  const { condition, dose, tone, verdict, estimate, dots } = point
  const { value, low, high, count } = estimate
  if (typeof value !== 'number') return null
  const x = frame.left(dose)
  const name = `${condition}: ${formatNumber(value)} ${formatInterval(estimate)}${count === undefined ? '' : `, n = ${count}`}, ${verdict}`
  return (
    <g>
      {low !== undefined && high !== undefined && (
        <line className={`span by-verdict tone-${tone}`} x1={x} x2={x} y1={frame.top(low)} y2={frame.top(high)} />
      )}
      {dots.map((dot, index) => (
        <path
          key={dot.name}
          className={`seed tone-${dot.tone}`}
          d={seedShape(dot.tone, 4)}
          transform={`translate(${x + spread * ((index + 0.5) / dots.length - 0.5)} ${frame.top(dot.value)})`}
        >
          <title>{`${condition}, ${dot.name}: ${formatNumber(dot.value)}`}</title>
        </path>
      ))}
      <path className={`mean by-verdict tone-${tone}`} d={`M${x - 11} ${frame.top(value)}h22`}>
        <title>{name}</title>
      </path>
    </g>
  )
}
