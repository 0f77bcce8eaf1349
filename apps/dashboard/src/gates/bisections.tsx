import type { BisectionView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { By } from '../design/by.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { StateMark } from '../design/state-mark.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { BisectionStrip } from './bisection-strip.tsx'
import { describeSearch } from './describe-search.ts'
import { ProbeMark } from './probe-mark.tsx'
import { StartBisection } from './start-bisection.tsx'

const pollMs = 5_000
const mostShown = 10

/** Searches for the first version that violates the gate, newest first, and a form to start one. */
export function Bisections({ name }: { readonly name: string }) {
  const { client } = useSession()
  const searches = useQuery({
    queryKey: ['bisections', name],
    queryFn: () => client.bisections(name, { limit: mostShown }),
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) === false ? false : pollMs),
  })
  if (searches.isPending) return null
  if (searches.data === undefined) return <ErrorPanel error={searches.error} retry={() => void searches.refetch()} />
  return (
    <section aria-labelledby="bisections">
      <h2 id="bisections">Bisections</h2>
      <p className="note">
        A bisection tests a few of the versions between two, to find the first that violates a rule.
      </p>
      <StartBisection name={name} />
      <ul className="gate-runs">
        {searches.data.items.map((search) => (
          <li key={search.id} className="card">
            <Search search={search} />
          </li>
        ))}
      </ul>
      {searches.data.nextCursor !== null && <p className="note">The latest {mostShown} are shown.</p>}
    </section>
  )
}

const isRunning = ({ state }: BisectionView): boolean => state === 'running'

function Search({ search }: { readonly search: BisectionView }) {
  const { good, bad, probes, state, errorRate, createdAt, createdBy } = search
  return (
    <>
      <h3>
        Versions {good} to {bad} {state === 'running' && <StateMark state="running" />}
      </h3>
      <p>{describeSearch(search)}</p>
      <BisectionStrip search={search} />
      <p className="soft">
        Error rate {errorRate}, started <RelativeTime at={createdAt} />
        <By author={createdBy} />
      </p>
      {probes.length > 0 && (
        <ol className="probes">
          {probes.map((probe) => (
            <li key={probe.gateRunId}>
              <ProbeMark probe={probe} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
