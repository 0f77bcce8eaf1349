import type { ModelView } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { RelativeTime } from '../design/relative-time.tsx'
import { GateList } from '../gates/gate-list.tsx'
import { useLiveGates } from '../gates/use-live-gates.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { pollSlowly } from '../live/use-connection.ts'
import { useSession } from '../session/session.ts'
import { PageList } from '../shell/page-list.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { useTitle } from '../shell/use-title.ts'

const pageSize = 100

/** Registered models, and the gates that watch over their versions. */
export function ModelsPage() {
  useTitle('Models')
  const { client } = useSession()
  const live = useLiveGates()
  const models = usePages(
    ['models'],
    sourceOf(
      (query) => client.models(query),
      ({ name }) => name,
      pageSize,
    ),
    {
      refetchInterval: pollSlowly(live),
    },
  )
  return (
    <article>
      <header className="page-head">
        <h1>Models</h1>
        <LiveMark live={live} />
      </header>
      <PageList pages={models} empty={<NoModels />}>
        {(items) => <ModelTable models={items} />}
      </PageList>
      <PanelBoundary>
        <GateList />
      </PanelBoundary>
    </article>
  )
}

function NoModels() {
  return (
    <section className="panel">
      <h2>No models yet</h2>
      <p>Register the policy file of a training, then each later version under the same name:</p>
      <pre>
        <code>npx goalpost models register mouse policy.onnx --step 10000</code>
      </pre>
    </section>
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
                {latest === null
                  ? '–'
                  : `${latest.number}${latest.step === null ? '' : ` at step ${latest.step.toLocaleString('en-US')}`}`}
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
