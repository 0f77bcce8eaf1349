import type { ModelView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RelativeTime } from '../design/relative-time.tsx'
import { GateList } from '../gates/gate-list.tsx'
import { useLiveGates } from '../gates/use-live-gates.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { pollSlowly } from '../live/use-connection.ts'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'

const mostShown = 200

/** Registered models, and the gates that watch over their versions. */
export function ModelsPage() {
  useTitle('Models')
  const { client } = useSession()
  const live = useLiveGates()
  const models = useQuery({
    queryKey: ['models'],
    queryFn: () => client.models({ limit: mostShown }),
    refetchInterval: pollSlowly(live),
  })
  return (
    <article>
      <header className="page-head">
        <h1>Models</h1>
        <LiveMark live={live} />
      </header>
      {models.isPending ? (
        <p className="panel">Loading…</p>
      ) : models.data === undefined ? (
        <ErrorPanel error={models.error} retry={() => void models.refetch()} />
      ) : models.data.items.length === 0 ? (
        <section className="panel">
          <h2>No models yet</h2>
          <p>Register a file of a training, and its next versions under the same name:</p>
          <pre>
            <code>npx goalpost models register mouse policy.onnx --step 10000</code>
          </pre>
        </section>
      ) : (
        <ModelTable models={models.data.items} />
      )}
      <PanelBoundary>
        <GateList />
      </PanelBoundary>
    </article>
  )
}

function ModelTable({ models }: { readonly models: readonly ModelView[] }) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label="Models">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">model</th>
            <th scope="col" className="number">
              versions
            </th>
            <th scope="col">latest</th>
            <th scope="col">aliases</th>
            <th scope="col">changed</th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ name, versions, latest, aliases, updatedAt }) => (
            <tr key={name}>
              <th scope="row">
                <Link to="/models/$name" params={{ name }}>
                  {name}
                </Link>
              </th>
              <td className="number">{versions}</td>
              <td>
                {latest === null ? '–' : `${latest.number}${latest.step === null ? '' : ` at step ${latest.step}`}`}
              </td>
              <td>{aliases.map((alias) => `${alias.name} → ${alias.version}`).join(', ')}</td>
              <td>
                <RelativeTime at={updatedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
