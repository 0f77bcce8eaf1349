import type { Quota, QuotaUse } from '@goalpost/contracts'
import { quotaRows, type QuotaRow } from './quota-rows.ts'

type Props = { readonly quota: Quota; readonly use: QuotaUse; readonly label: string }

/** Each limit with what is used of it. */
export function QuotaTable({ quota, use, label }: Props) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label={label}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">what</th>
            <th scope="col" className="number">
              in use
            </th>
            <th scope="col" className="number">
              limit
            </th>
            <th scope="col">share</th>
          </tr>
        </thead>
        <tbody>
          {quotaRows(quota, use).map((row) => (
            <QuotaTableRow key={row.title} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function QuotaTableRow({ row: { title, use, limit, share, beyond } }: { readonly row: QuotaRow }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="number">{use}</td>
      <td className="number">{limit ?? 'none'}</td>
      <td>
        {share !== null && (
          <>
            <meter min={0} max={1} high={0.8} optimum={0} value={share} aria-label={`${title}, share in use`} />{' '}
            <span className="number">{Math.round(100 * share)} %</span>
            {share === 1 && <small className="caution"> {beyond}</small>}
          </>
        )}
      </td>
    </tr>
  )
}
