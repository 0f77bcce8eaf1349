import type { AuditEvent } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { RelativeTime } from '../design/relative-time.tsx'
import { useMay, useSession } from '../session/session.ts'
import { PageList } from '../shell/page-list.tsx'
import { ScopeNeeded } from '../shell/scope-needed.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { useTitle } from '../shell/use-title.ts'
import { actionWords, auditChanges } from './audit-changes.ts'

const pollMs = 10_000

/** Who changed what, newest first. */
export function AuditPage() {
  useTitle('Audit log')
  const { client } = useSession()
  const may = useMay('admin')
  const entries = usePages(
    ['audit'],
    sourceOf(
      (query) => client.audit(query),
      ({ id }) => id,
    ),
    { enabled: may, refetchInterval: pollMs },
  )
  if (!may)
    return (
      <ScopeNeeded title="Your key may not read the audit log" scope="admin">
        It shows who changed keys, workspaces and experiments, and from which address.
      </ScopeNeeded>
    )
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">Audit log</h2>
      <PageList pages={entries} empty={<p className="none">Nothing has been changed yet.</p>}>
        {(items) => <AuditTable entries={items} />}
      </PageList>
    </section>
  )
}

function AuditTable({ entries }: { readonly entries: readonly AuditEvent[] }) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label="Audit log">
      <table className="plain audit">
        <thead>
          <tr>
            {['when', 'who', 'what', 'subject', 'changes'].map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AuditRow({ entry }: { readonly entry: AuditEvent }) {
  const { at, action, actor, address, subject } = entry
  return (
    <tr>
      <td>
        <RelativeTime at={at} />
      </td>
      <td>
        {actor === null ? 'the service' : <span title={`Key ${actor.keyId}`}>{actor.name}</span>}
        {address !== null && <small> {address}</small>}
      </td>
      <th scope="row">{actionWords(action)}</th>
      <td>
        <Subject subject={subject} />
      </td>
      <td>
        <Changes entry={entry} />
      </td>
    </tr>
  )
}

function Subject({ subject: { type, id, name } }: Pick<AuditEvent, 'subject'>) {
  if (type === 'experiment')
    return (
      <Link to="/experiments/$id" params={{ id }} preload={false}>
        {name}
      </Link>
    )
  return <span title={id}>{name}</span>
}

function Changes({ entry }: { readonly entry: AuditEvent }) {
  const changes = auditChanges(entry)
  if (changes.length === 0) return <span className="soft">–</span>
  return (
    <ul className="changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          {field}: {before !== '–' && <del>{before}</del>} {before !== '–' && '→'} <ins>{after}</ins>
        </li>
      ))}
    </ul>
  )
}
