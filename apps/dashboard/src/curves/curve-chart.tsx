import { formatTick } from '@goalpost/report-view'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { chartColours, dashes, readColours, useIsDark } from '../design/chart-colours.ts'
import type { CurvePanel } from './curve-panels.ts'
import { plotData, type PlotData, type Role } from './plot-data.ts'

type Props = {
  readonly panel: CurvePanel
  /** Places of conditions among all of the experiment: a condition looks the same in every chart. */
  readonly places: ReadonlyMap<string, number>
  readonly isLog: boolean
  readonly onPoint: (x: number) => void
}

const height = 260

/** Curves on a canvas: the mean over seeds in its interval, and a thin line for each seed. */
export function CurveChart({ panel, places, isLog, onPoint }: Props) {
  const container = useRef<HTMLDivElement>(null)
  const isDark = useIsDark()
  useEffect(() => {
    const parent = container.current
    if (parent === null) return
    const data = plotData(panel.curves, isLog)
    const placeOf = (role: Role): number => places.get(panel.curves[role.curve]?.condition ?? '') ?? role.curve
    const options = chartOptions({ parent, data, placeOf, isLog, onPoint })
    const chart = new UPlot(options, [data.xs, ...data.columns], parent)
    const resize = new ResizeObserver(() => chart.setSize({ width: parent.clientWidth, height }))
    resize.observe(parent)
    return () => {
      resize.disconnect()
      chart.destroy()
    }
  }, [panel, places, isLog, isDark, onPoint])
  const name = [panel.title, ...panel.labels].join(', ')
  return <div ref={container} className="curve-chart" role="img" aria-label={`${name}; its values are below`} />
}

type Needs = {
  readonly parent: HTMLElement
  readonly data: PlotData
  readonly placeOf: (role: Role) => number
  readonly isLog: boolean
  readonly onPoint: (x: number) => void
}

function chartOptions({ parent, data, placeOf, isLog, onPoint }: Needs): UPlot.Options {
  const names = ['--rule', '--soft', ...Array.from({ length: chartColours }, (_, index) => `--c${index}`)]
  const colours = readColours(parent, names)
  const axis: UPlot.Axis = {
    stroke: colours['--soft'] ?? '',
    grid: { stroke: colours['--rule'] ?? '', width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
    values: (_, ticks) => ticks.map((tick: number | null) => (tick === null ? '' : formatTick(tick))),
  }
  const looks = data.roles.map((role) => {
    const place = placeOf(role)
    return lookOf(role, colours[`--c${place % chartColours}`] ?? '', dashes[place % dashes.length] ?? [])
  })
  return {
    width: parent.clientWidth,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    scales: { x: { time: false }, y: isLog ? { distr: 3 } : {} },
    axes: [axis, { ...axis, size: 56 }],
    series: [{}, ...looks],
    bands: data.roles.flatMap((role, index) =>
      bandOf(role, index, colours[`--c${placeOf(role) % chartColours}`] ?? ''),
    ),
    hooks: { setCursor: [(chart) => report(chart, data, onPoint)] },
  }
}

function report({ cursor: { idx } }: UPlot, { xs }: PlotData, onPoint: (x: number) => void): void {
  const x = idx === null || idx === undefined ? undefined : xs[idx]
  if (x !== undefined) onPoint(x)
}

function lookOf({ kind }: Role, colour: string, dash: readonly number[]): UPlot.Series {
  const points = { show: false }
  if (kind === 'mean')
    return { stroke: colour, width: 2, dash: [...dash], spanGaps: true, points: { size: 5, fill: colour } }
  if (kind === 'seed') return { stroke: translucent(colour, 0.45), width: 1, spanGaps: true, points }
  return { stroke: 'transparent', width: 0, spanGaps: true, points }
}

/** `low` and `high` are neighbours. */
function bandOf({ kind }: Role, index: number, colour: string): UPlot.Band[] {
  return kind === 'low' ? [{ series: [index + 2, index + 1], fill: translucent(colour, 0.13) }] : []
}

const translucent = (colour: string, opacity: number): string =>
  colour.replace('rgb(', 'rgba(').replace(')', `, ${opacity})`)
