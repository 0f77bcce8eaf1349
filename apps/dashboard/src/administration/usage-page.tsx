import type { StorageView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatBytes } from '../design/format-bytes.ts'
import { RelativeTime } from '../design/relative-time.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { QuotaTable } from './quota-table.tsx'
import { RetentionSection } from './retention-section.tsx'

const pollMs = 10_000

/** What the workspace uses, and how much of it is allowed. */
export function UsagePage() {
  useTitle('Usage')
  const { client } = useSession()
  const storage = useQuery({ queryKey: ['storage'], queryFn: () => client.storage(), refetchInterval: pollMs })
  if (storage.isPending) return <p className="panel">Loading…</p>
  if (storage.data === undefined) return <ErrorPanel error={storage.error} retry={() => void storage.refetch()} />
  const { quota, use } = storage.data
  return (
    <>
      <section aria-labelledby="quota">
        <h2 id="quota">Limits</h2>
        <PanelBoundary>
          <QuotaTable quota={quota} use={use} label="Limits" />
        </PanelBoundary>
        <p className="note">Operators of the service set the limits.</p>
      </section>
      <PanelBoundary>
        <Files storage={storage.data} />
      </PanelBoundary>
      <PanelBoundary>
        <LargestExperiments storage={storage.data} />
      </PanelBoundary>
      <PanelBoundary>
        <RetentionSection />
      </PanelBoundary>
    </>
  )
}

const kinds = {
  uploads: 'Uploads, and files made by tools; they are kept',
  checkpoints: 'Checkpoints',
  results: 'Results',
  unneeded: 'Of deleted experiments; they are removed after a while',
} as const satisfies Record<keyof StorageView['kinds'], string>

function Files({ storage }: { readonly storage: StorageView }) {
  const { total, latestCollection } = storage
  return (
    <section aria-labelledby="files">
      <h2 id="files">Files</h2>
      <div className="wide" tabIndex={0} role="group" aria-label="Files">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">kind</th>
              <th scope="col" className="number">
                files
              </th>
              <th scope="col" className="number">
                size
              </th>
            </tr>
          </thead>
          <tbody>
            {(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => (
              <FileRow key={kind} title={kinds[kind]} {...storage.kinds[kind]} />
            ))}
            <FileRow title="All" {...total} />
          </tbody>
        </table>
      </div>
      {latestCollection !== null && (
        <p className="note">
          Last removal of files that nothing needs: <RelativeTime at={latestCollection.startedAt} />,{' '}
          {latestCollection.files.toLocaleString('en')} files, {formatBytes(latestCollection.bytes)}.
        </p>
      )}
    </section>
  )
}

type FileRowProps = { readonly title: string; readonly files: number; readonly bytes: number }

function FileRow({ title, files, bytes }: FileRowProps) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="number">{files.toLocaleString('en')}</td>
      <td className="number">{formatBytes(bytes)}</td>
    </tr>
  )
}

function LargestExperiments({ storage: { experiments } }: { readonly storage: StorageView }) {
  return (
    <section aria-labelledby="largest">
      <h2 id="largest">Largest experiments</h2>
      {experiments.length === 0 ? (
        <p className="none">No experiment has files.</p>
      ) : (
        <ul className="open">
          {experiments.map(({ id, name, archived, files, bytes }) => (
            <li key={id}>
              <Link to="/experiments/$id" params={{ id }} preload={false}>
                {name}
              </Link>{' '}
              {formatBytes(bytes)}{' '}
              <small>
                in {files.toLocaleString('en')} files{archived && ', archived'}
              </small>
            </li>
          ))}
        </ul>
      )}
      <p className="note">Experiments may share files.</p>
    </section>
  )
}
