import type { ReactNode } from 'react'

type ActionTableProps = {
  readonly label: string
  readonly titles: readonly string[]
  /** Rows, each with a cell of actions after those of the titles. */
  readonly children: ReactNode
}

/** A table that scrolls sideways, whose last column has buttons. */
export function ActionTable({ label, titles, children }: ActionTableProps) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label={label}>
      <table className="plain">
        <thead>
          <tr>
            {titles.map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">actions</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
