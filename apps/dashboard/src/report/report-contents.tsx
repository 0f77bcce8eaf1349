/** A section of the page, by the id of its heading or of itself. */
export type PagePlace = { readonly title: string; readonly anchor: string }

/** Links to the sections of a long page, which stay in view. */
export function ReportContents({ places }: { readonly places: readonly PagePlace[] }) {
  return (
    <nav className="on-this-page" aria-label="On this page">
      <ul>
        {places.map(({ title, anchor }) => (
          <li key={anchor}>
            <a href={`#${anchor}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
