import type { CatalogEntry } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Prose } from '../design/prose.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { MissingPage } from '../shell/missing-page.tsx'
import { useTitle } from '../shell/use-title.ts'
import { findEnvironment } from './game.ts'
import { GameBoard } from './game-board.tsx'
import { ParameterTable } from './parameter-table.tsx'
import './catalogue.css'

const route = getRouteApi('/catalogue/$protocol/$name')

/** One entry: a level to play where the page can draw one, then everything that is known of it. */
export function EntryPage() {
  const { protocol, name } = route.useParams()
  const { client } = useSession()
  const catalogue = useQuery({ queryKey: ['catalogue'], queryFn: () => client.catalog(), staleTime: Infinity })
  const entry = catalogue.data?.items.find((each) => each.protocol === protocol && each.name === name)
  useTitle(entry?.title ?? name)
  if (catalogue.isPending) return <h1 className="note">Loading…</h1>
  if (catalogue.data === undefined)
    return <ErrorPanel heading="h1" error={catalogue.error} retry={() => void catalogue.refetch()} />
  if (entry === undefined) return <MissingPage />
  const environment = findEnvironment(name)
  return (
    <article>
      <p className="eyebrow">
        <Link to="/catalogue">Catalogue</Link> · {entry.kind} of {protocol} · version {entry.version}
      </p>
      <h1>{entry.title}</h1>
      <p>
        <Prose text={entry.description} />
      </p>
      {environment !== undefined && (
        <PanelBoundary>
          <GameBoard environment={environment} />
        </PanelBoundary>
      )}
      <PanelBoundary>
        <Facts facts={entry.facts} />
      </PanelBoundary>
      <PanelBoundary>
        <ParameterTable schema={entry.parametersSchema} />
      </PanelBoundary>
    </article>
  )
}

function Facts({ facts }: Pick<CatalogEntry, 'facts'>) {
  const known = Object.entries(facts).filter(([, items]) => items.length > 0)
  const sections = known.map(([title, items]) => (
    <section key={title}>
      <h2 className="kind">{title}</h2>
      <dl className="facts-list">
        {items.map(({ name, description }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Prose text={description} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ))
  return <div className="facts-sections">{sections}</div>
}
