import { formatInterval, formatNumber } from '@goalpost/report-view'
import type { CurvePanel, CurvePoint } from './curve-panels.ts'

/** With one seed, or in one task, a value is no mean. */
const isMean = (points: readonly (CurvePoint | undefined)[]): boolean =>
  points.some((point) => point !== undefined && (point.seeds.length > 1 || (point.mean.count ?? 1) > 1))

/** All values of a chart at one step: what hovering shows, and what those who see no canvas read. */
export function CurveReadout({ panel: { curves }, x }: { readonly panel: CurvePanel; readonly x: number }) {
  const points = curves.map((curve) => curve.points.find((each) => each.x === x))
  const hasSeeds = isMean(points)
  return (
    <div className="wide" tabIndex={0} role="group" aria-label={`Values at ${formatNumber(x)}`}>
      <table className="readout">
        <thead>
          <tr>
            <th scope="col">condition</th>
            <th scope="col" className="number">
              {hasSeeds ? 'mean' : 'value'}
            </th>
            {hasSeeds && <th scope="col">each seed</th>}
          </tr>
        </thead>
        <tbody>
          {curves.map(({ condition }, index) => (
            <tr key={condition}>
              <th scope="row">{condition}</th>
              {hasSeeds ? <Values point={points[index]} /> : <SingleValue point={points[index]} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SingleValue({ point }: { readonly point: CurvePoint | undefined }) {
  const value = point?.mean.value
  return <td className="number">{typeof value === 'number' ? formatNumber(value) : '–'}</td>
}

function Values({ point }: { readonly point: CurvePoint | undefined }) {
  return (
    <>
      <td className="number">
        {point === undefined || typeof point.mean.value !== 'number' ? (
          '–'
        ) : (
          <>
            {formatNumber(point.mean.value)} <small>{formatInterval(point.mean)}</small>
            {point.mean.count !== undefined && <small> n = {point.mean.count}</small>}
          </>
        )}
      </td>
      <td className="number seeds">
        {point?.seeds.map(({ seed, value }) => (
          <span key={seed} title={`seed ${seed}`}>
            {formatNumber(value)}
          </span>
        ))}
      </td>
    </>
  )
}
