import { GoalpostError } from '@goalpost/contracts'
import { explainError } from './explain-error.ts'

type Props = {
  readonly error: unknown
  readonly retry?: () => void
  /** What failed, if it was not loading. */
  readonly title?: string
  /** `h1` where nothing else is on the page. */
  readonly heading?: 'h1' | 'h2'
}

/** What went wrong, and what to do. */
export function ErrorPanel({ error, retry, title = 'This could not be loaded', heading: Heading = 'h2' }: Props) {
  const code = error instanceof GoalpostError ? error.code : null
  return (
    <section className="panel" role="alert">
      <Heading>{code === 'insufficient-scope' ? 'Your key may not do this' : title}</Heading>
      <p>{explainError(error)}</p>
      {error instanceof GoalpostError && error.issues.length > 0 && (
        <ul>
          {error.issues.map(({ pointer, message, remedy }) => (
            <li key={pointer + message}>
              <code>{pointer}</code> {message}
              {remedy !== undefined && `. ${remedy}`}
            </li>
          ))}
        </ul>
      )}
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </section>
  )
}
