import type { OptionDifference } from './option-diff.ts'

type Props = {
  readonly title: string
  /** Of the first column. */
  readonly what: string
  readonly names: readonly string[]
  readonly differences: readonly OptionDifference[]
  /** Words for a side that has no value. */
  readonly absent: string
}

/** What differs, side by side. */
export function DifferenceTable({ title, what, names, differences, absent }: Props) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label={title}>
      <table className="diff">
        <thead>
          <tr>
            <th scope="col">{what}</th>
            {names.map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, values }) => (
            <tr key={path}>
              <th scope="row">
                <code>{path}</code>
              </th>
              {names.map((name, index) => (
                <td key={name}>{values[index] ?? <span className="soft">{absent}</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
