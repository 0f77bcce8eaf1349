import type { CatalogEntry } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useSession } from '../session/session.ts'
import { EntryPicture } from './entry-picture.tsx'
import { Prose } from '../design/prose.tsx'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { LevelSearch } from './level-search.tsx'
import './catalogue.css'

/** What experiments can be made of, by kind, each with its picture. */
export function CataloguePage() {
  useTitle('Catalogue')
  const { client } = useSession()
  const catalogue = useQuery({ queryKey: ['catalogue'], queryFn: () => client.catalog(), staleTime: Infinity })
  if (catalogue.isPending) return <p className="panel">Loading…</p>
  if (catalogue.data === undefined)
    return <ErrorPanel heading="h1" error={catalogue.error} retry={() => void catalogue.refetch()} />
  const kinds = [...Map.groupBy(catalogue.data.items, ({ kind, protocol }) => `${kind}s of ${protocol}`)]
  return (
    <article>
      <h1>Catalogue</h1>
      <PanelBoundary>
        <LevelSearch />
      </PanelBoundary>
      {kinds.map(([kind, entries]) => (
        <section key={kind}>
          <h2 className="kind">{kind}</h2>
          <ul className="catalogue">
            {entries.map((entry) => (
              <PanelBoundary key={entry.name}>
                <Entry entry={entry} />
              </PanelBoundary>
            ))}
          </ul>
        </section>
      ))}
    </article>
  )
}

function Entry({ entry: { protocol, name, title, description, picture } }: { readonly entry: CatalogEntry }) {
  return (
    <li className="card">
      <h3>
        <Link to="/catalogue/$protocol/$name" params={{ protocol, name }}>
          {title}
        </Link>
      </h3>
      <p>
        <Prose text={description} />
      </p>
      <EntryPicture name={name} lines={picture} />
    </li>
  )
}
