import type { ExperimentView } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { useProtocol } from './use-protocol.ts'

/** Where a condition has a bad verdict: the way to what has helped against it. */
export function NextMethodLink({ experiment: { id, protocol, verdicts } }: { readonly experiment: ExperimentView }) {
  const hasLeague = useProtocol(protocol).data?.hasLeague === true
  if (!hasLeague || verdicts.every(({ tone }) => tone !== 'bad')) return null
  return (
    <p className="note">
      <Link to="/league" search={{ condition: id }}>
        What to try next
      </Link>
      , by the league table of training methods.
    </p>
  )
}
