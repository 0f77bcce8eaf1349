import { Link } from '@tanstack/react-router'

/** Where there are no episodes to watch, since the spec records none. */
export function NothingRecorded({ experimentId }: { readonly experimentId: string }) {
  return (
    <p>
      The option <code>evaluation.recorded</code> is 0, so no episodes were recorded.{' '}
      <Link to="/submit" search={{ from: experimentId }}>
        Clone the experiment
      </Link>{' '}
      with a larger number to watch some. What does not depend on it is not computed again.
    </p>
  )
}
