import type { ModelVersionView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { By } from '../design/by.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { GateList } from '../gates/gate-list.tsx'
import { useLiveGates } from '../gates/use-live-gates.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { pollSlowly } from '../live/use-connection.ts'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PageList } from '../shell/page-list.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { useTitle } from '../shell/use-title.ts'
import { AliasMoves } from './alias-moves.tsx'
import { MoveAlias } from './move-alias.tsx'

const route = getRouteApi('/models/$name')
const pageSize = 100

/** One model: its versions, newest first, where its aliases point, and its gates. */
export function ModelPage() {
  const { name } = route.useParams()
  const { client } = useSession()
  useTitle(name)
  const live = useLiveGates()
  const model = useQuery({
    queryKey: ['model', name],
    queryFn: () => client.model(name),
    refetchInterval: pollSlowly(live),
  })
  const versions = usePages(
    ['versions', name],
    sourceOf(
      (query) => client.versions(name, query),
      ({ number }) => number,
      pageSize,
    ),
    {
      refetchInterval: pollSlowly(live),
      enabled: model.data !== undefined,
    },
  )
  if (model.isPending) return <h1 className="note">Loading…</h1>
  if (model.data === undefined)
    return <ErrorPanel heading="h1" error={model.error} retry={() => void model.refetch()} />
  return (
    <article>
      <p className="eyebrow">
        <Link to="/models">Models</Link>
      </p>
      <header className="page-head">
        <h1>{name}</h1>
        <LiveMark live={live} />
      </header>
      <ul className="chips" aria-label="Aliases">
        {model.data.aliases.map((alias) => (
          <li key={alias.name} className="chip">
            <b>{alias.name}</b> → version {alias.version}
          </li>
        ))}
      </ul>
      <PanelBoundary>
        <MoveAlias model={model.data} />
      </PanelBoundary>
      <section aria-labelledby="versions">
        <h2 id="versions">Versions</h2>
        <PageList pages={versions} empty={<p className="none">All versions are deleted.</p>}>
          {(items) => <VersionTable versions={items} />}
        </PageList>
      </section>
      <PanelBoundary>
        <GateList model={name} />
      </PanelBoundary>
      <PanelBoundary>
        <AliasMoves model={name} />
      </PanelBoundary>
    </article>
  )
}

function VersionTable({ versions }: { readonly versions: readonly ModelVersionView[] }) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label="Versions">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" className="number">
              version
            </th>
            <th scope="col" className="number">
              step
            </th>
            <th scope="col">aliases and tags</th>
            <th scope="col">file</th>
            <th scope="col">commit</th>
            <th scope="col">from</th>
            <th scope="col">registered</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <VersionRow key={version.number} version={version} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function VersionRow({ version }: { readonly version: ModelVersionView }) {
  const { number, step, aliases, tags, file, hash, commit, experimentId, parent, createdAt, createdBy } = version
  return (
    <tr>
      <th scope="row" className="number">
        {number}
      </th>
      <td className="number">{step?.toLocaleString('en') ?? '–'}</td>
      <td>
        {aliases.map((alias) => (
          <b key={alias}>{alias} </b>
        ))}
        {tags.join(', ')}
      </td>
      <td>
        {file.name} <code title={hash}>{hash.slice(0, 12)}</code>
      </td>
      <td>{commit === null ? '–' : <code>{commit.slice(0, 10)}</code>}</td>
      <td>
        {experimentId === null ? (
          (parent ?? '–')
        ) : (
          <Link to="/experiments/$id" params={{ id: experimentId }}>
            experiment
          </Link>
        )}
      </td>
      <td>
        <RelativeTime at={createdAt} />
        <By author={createdBy} />
      </td>
    </tr>
  )
}
