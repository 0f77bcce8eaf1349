import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { ScopeNeeded } from '../shell/scope-needed.tsx'
import { useTitle } from '../shell/use-title.ts'
import { LevelGame } from './level-game.tsx'
import { levelProtocol, readLevel, type StoredLevel } from './stored-level.ts'
import './catalogue.css'

const route = getRouteApi('/levels/$hash')

/** A level of a file by its hash, to play; of a suite's file, one of its levels. */
export function LevelPage() {
  const { hash } = route.useParams()
  const { index = 0 } = route.useSearch()
  const { client } = useSession()
  const may = useMay('submit')
  useTitle(`Level ${hash.slice(0, 12)}`)
  const found = useQuery({
    queryKey: ['level', hash, index],
    queryFn: async () => {
      const protocol = levelProtocol((await client.protocols()).items)
      if (protocol === undefined) throw new RangeError('No protocol of this service shows levels')
      const { data } = await client.useTool({ protocol, group: 'levels', tool: 'show' }, { level: hash, index })
      return readLevel(data)
    },
    enabled: may,
    // A file with that hash never changes.
    staleTime: Infinity,
    // So that Next keeps the focus.
    placeholderData: keepPreviousData,
  })
  if (!may)
    return (
      <ScopeNeeded title="Your key may not open levels" scope="submit" heading="h1">
        Showing a level runs a tool of the service.
      </ScopeNeeded>
    )
  if (found.isPending) return <h1 className="note">Loading…</h1>
  if (found.data === undefined)
    return <ErrorPanel heading="h1" error={found.error} retry={() => void found.refetch()} />
  return (
    <article>
      <p className="eyebrow">
        <Link to="/catalogue">Catalogue</Link> · level
      </p>
      <h1>A level of {found.data.environment}</h1>
      <p className="note">
        Hash <code>{found.data.hash}</code>
      </p>
      {found.data.suiteLevels !== null && (
        <PanelBoundary>
          <SuitePlace hash={hash} index={index} levels={found.data.suiteLevels} />
        </PanelBoundary>
      )}
      <PanelBoundary key={found.data.hash}>
        <Level level={found.data} />
      </PanelBoundary>
    </article>
  )
}

type Place = { readonly hash: string; readonly index: number; readonly levels: number }

/** Which level of a suite is shown. */
function SuitePlace({ hash, index, levels }: Place) {
  return (
    <p className="choices">
      <span>
        Level {index} of the suite <code>{hash.slice(0, 12)}</code>, whose last is {levels - 1}
      </span>
      {index > 0 && (
        <Link to="/levels/$hash" params={{ hash }} search={{ index: index - 1 }}>
          Previous
        </Link>
      )}
      {index + 1 < levels && (
        <Link to="/levels/$hash" params={{ hash }} search={{ index: index + 1 }}>
          Next
        </Link>
      )}
    </p>
  )
}

function Level({ level: { game, drawing } }: { readonly level: StoredLevel }) {
  return (
    <>
      {game === null ? (
        <p className="notice">This page does not know the environment: reload it to get a newer version.</p>
      ) : (
        <LevelGame game={game} />
      )}
      {drawing !== null && (
        <details>
          <summary>As a drawing to edit</summary>
          <pre tabIndex={0}>{drawing}</pre>
        </details>
      )}
    </>
  )
}
