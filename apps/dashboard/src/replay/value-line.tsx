import { createAxis, formatTick } from '@goalpost/report-view'

const height = 72

type Props = { readonly values: readonly number[]; readonly step: number; readonly cell: number }

/** The critic's value along the episode, under the probabilities. */
export function ValueLine({ values, step, cell }: Props) {
  const axis = createAxis(values, 'linear')
  const top = (value: number): number => 4 + (1 - axis.place(value)) * (height - 8)
  const left = (at: number): number => (at + 0.5) * cell
  const now = values[step]
  const path = values.map((value, at) => `${at === 0 ? 'M' : 'L'}${left(at).toFixed(1)} ${top(value).toFixed(1)}`)
  const ends = [axis.ticks[0], axis.ticks.at(-1)].filter((tick) => tick !== undefined)
  return (
    <div className="decision-rows">
      <ul aria-hidden="true" className="value-ends">
        <li>value</li>
        <li>{ends.map(formatTick).join(' to ')}</li>
      </ul>
      <svg
        viewBox={`0 0 ${cell * values.length} ${height}`}
        preserveAspectRatio="none"
        width={cell * values.length}
        height={height}
        role="img"
        aria-label={`Value from ${formatTick(values[0] ?? 0)} at the start to ${formatTick(values.at(-1) ?? 0)} at the end`}
      >
        {ends.map((tick) => (
          <line key={tick} className="grid" x1={0} x2={cell * values.length} y1={top(tick)} y2={top(tick)} />
        ))}
        <path className="value-line" d={path.join('')} />
        {now !== undefined && <path className="value-now" d={`M${left(step)} ${top(now)}h0`} />}
      </svg>
    </div>
  )
}
