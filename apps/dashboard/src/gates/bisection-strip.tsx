import type { BisectionProbe, BisectionView, Tone } from '@goalpost/contracts'
import { useWidth } from '../design/use-width.ts'
import { remainingRange } from './describe-search.ts'

const height = 46
const margin = 20
const middle = 16
const widest = 560

const tones: Readonly<Record<NonNullable<BisectionProbe['state']>, Tone>> = {
  good: 'good',
  bad: 'bad',
  open: 'neutral',
}
/** Check, cross and bar around the origin: the shape tells what the colour tells. */
const shapes: Readonly<Record<Tone, string>> = {
  good: 'M-5 0l3.5 4L5 -4',
  bad: 'M-4.5 -4.5l9 9M4.5 -4.5l-9 9',
  warning: '',
  neutral: 'M-5 0h10',
}

type Mark = { readonly version: number; readonly tone: Tone }

/** The versions of a search on a line: what was found of each, and between which the first bad one still lies. */
export function BisectionStrip({ search }: { readonly search: BisectionView }) {
  const [container, available] = useWidth<HTMLDivElement>()
  const { good, bad, probes } = search
  const width = Math.min(available, widest)
  const at = (version: number): number => margin + ((version - good) / Math.max(1, bad - good)) * (width - 2 * margin)
  const { low, high } = remainingRange(search)
  const marks: Mark[] = [
    { version: good, tone: 'good' },
    ...probes.map(({ version, state }) => ({ version, tone: state === null ? ('neutral' as const) : tones[state] })),
    { version: bad, tone: 'bad' },
  ]
  return (
    <div ref={container} className="bisection">
      {width > 0 && (
        <svg
          className="plot"
          width={width}
          height={height}
          role="img"
          aria-label={`Tested: ${marks.map(({ version }) => version).join(', ')}. The first bad version is after ${low}, and ${high} at the latest.`}
        >
          <line className="axis" x1={at(good)} x2={at(bad)} y1={middle} y2={middle} />
          <line className="remaining" x1={at(low)} x2={at(high)} y1={middle} y2={middle} />
          {marks.map((mark) => (
            <g
              key={mark.version}
              className={`tone-${mark.tone}`}
              transform={`translate(${at(mark.version)} ${middle})`}
            >
              <circle className="probe" r="9" />
              <path className="probe-shape" d={shapes[mark.tone]} />
              <text className="tick" y="24" textAnchor="middle">
                {mark.version}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}
