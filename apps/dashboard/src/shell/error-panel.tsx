import { GoalpostError } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { Prose } from '../design/prose.tsx'
import { explainError } from './explain-error.ts'

type Props = {
  readonly error: unknown
  readonly retry?: () => void
  /** What failed, if it was not loading. */
  readonly title?: string
  /** `h1` where nothing else is on the page. */
  readonly heading?: 'h1' | 'h2'
}

const titles: Readonly<Record<string, string>> = {
  'insufficient-scope': 'Your key may not do this',
  'not-found': 'Not found',
}

/** What went wrong, and what to do. */
export function ErrorPanel({ error, retry, title = 'This could not be loaded', heading: Heading = 'h2' }: Props) {
  const code = error instanceof GoalpostError ? error.code : ''
  // The message of an error with a single issue is that issue.
  const issues = error instanceof GoalpostError ? error.issues : []
  return (
    <section className="panel" role="alert">
      <Heading>{titles[code] ?? title}</Heading>
      {issues.length !== 1 && (
        <p>
          <Prose text={explainError(error)} />
        </p>
      )}
      {issues.length > 0 && (
        <ul>
          {issues.map(({ pointer, message, remedy }) => (
            <li key={pointer + message}>
              <code>{pointer}</code> <Prose text={remedy === undefined ? message : `${message}. ${remedy}`} />
            </li>
          ))}
        </ul>
      )}
      {code === 'not-found' && Heading === 'h1' && (
        <p>
          <Link to="/experiments">All experiments</Link>
        </p>
      )}
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </section>
  )
}
