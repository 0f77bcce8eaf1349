import { formatInterval, formatNumber } from '@goalpost/report-view'
import type { CurvePanel, CurvePoint } from './curve-panels.ts'

/** All values of a chart at one step: what hovering shows, and what those who see no canvas read. */
export function CurveReadout({ panel: { curves }, x }: { readonly panel: CurvePanel; readonly x: number }) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label={`Values at ${formatNumber(x)}`}>
      <table className="readout">
        <thead>
          <tr>
            <th scope="col">condition</th>
            <th scope="col" className="number">
              mean
            </th>
            <th scope="col">each seed</th>
          </tr>
        </thead>
        <tbody>
          {curves.map(({ condition, points }) => (
            <tr key={condition}>
              <th scope="row">{condition}</th>
              <Values point={points.find((each) => each.x === x)} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
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
