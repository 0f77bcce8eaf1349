import type { Importance } from './importance.ts'

/** A bar for each option, the most important first. */
export function ImportanceList({ importance }: { readonly importance: readonly Importance[] | null }) {
  if (importance === null) return <p className="none">All conditions have the same value: no option matters.</p>
  return (
    <table className="plain importance">
      <caption className="visually-hidden">Importance of each option</caption>
      <thead>
        <tr>
          <th scope="col">option</th>
          <th scope="col" className="number">
            importance
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {importance.map(({ path, share }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td className="number">{Math.round(100 * share)} %</td>
            <td aria-hidden="true">
              <svg width="100" height="10" viewBox="0 0 100 10">
                <rect className="importance-bar" width={100 * share} height="10" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
