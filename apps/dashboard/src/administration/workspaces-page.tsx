import { workspaceName, type CreatedApiKey, type WorkspaceView } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { RelativeTime } from '../design/relative-time.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { PageList } from '../shell/page-list.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { useTitle } from '../shell/use-title.ts'
import { NewKeyForm } from './new-key-form.tsx'
import { QuotaForm } from './quota-form.tsx'
import { QuotaTable } from './quota-table.tsx'
import { SecretNotice } from './secret-notice.tsx'

/** For operators: all workspaces with their limits. */
export function WorkspacesPage() {
  useTitle('Workspaces')
  const { client, state } = useSession()
  const isOperator = typeof state === 'object' && state.operator
  const workspaces = usePages(
    ['workspaces'],
    sourceOf(
      (query) => client.workspaces(query),
      ({ id }) => id,
    ),
    { enabled: isOperator },
  )
  if (!isOperator)
    return (
      <section className="panel">
        <h2>Only operators see all workspaces</h2>
        <p>
          The key of the service’s operator is needed: it is in the service’s data folder, or was passed in when the
          service was started.
        </p>
      </section>
    )
  return (
    <>
      <section aria-labelledby="new-workspace">
        <h2 id="new-workspace">New workspace</h2>
        <PanelBoundary>
          <NewWorkspaceForm />
        </PanelBoundary>
      </section>
      <section aria-labelledby="workspaces">
        <h2 id="workspaces">Workspaces</h2>
        <PageList pages={workspaces} empty={<p className="none">None.</p>}>
          {(items) => (
            <ul className="gate-runs">
              {items.map((workspace) => (
                <li key={workspace.id} className="card">
                  <PanelBoundary>
                    <Workspace workspace={workspace} />
                  </PanelBoundary>
                </li>
              ))}
            </ul>
          )}
        </PageList>
      </section>
    </>
  )
}

function NewWorkspaceForm() {
  const { client } = useSession()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const wanted = workspaceName.safeParse(name)
  const create = useMutation({
    mutationFn: () => client.createWorkspace({ name }),
    onSuccess: () => {
      setName('')
      return queries.invalidateQueries({ queryKey: ['workspaces'] })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (wanted.success) create.mutate()
  }
  return (
    <>
      <form className="choices" onSubmit={submit}>
        <label className="field">
          Name
          <input
            required
            value={name}
            aria-describedby="workspace-name"
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <button type="submit" disabled={!wanted.success || create.isPending}>
          Create workspace
        </button>
      </form>
      <p id="workspace-name" className="note">
        Lower-case letters, digits and hyphens. It then needs a first key, for its administrator.
      </p>
      {create.isError && <ErrorPanel error={create.error} title="The workspace was not created" />}
    </>
  )
}

function Workspace({ workspace: { name, createdAt, activeKeys, quota, use } }: { readonly workspace: WorkspaceView }) {
  const queries = useQueryClient()
  const [created, setCreated] = useState<CreatedApiKey | null>(null)
  const onCreated = (given: CreatedApiKey): void => {
    setCreated(given)
    void queries.invalidateQueries({ queryKey: ['workspaces'] })
  }
  return (
    <>
      <h3>{name}</h3>
      <p className="soft">
        {activeKeys === 0 ? 'no active key yet' : activeKeys === 1 ? '1 active key' : `${activeKeys} active keys`},
        created <RelativeTime at={createdAt} />
      </p>
      <QuotaTable quota={quota} use={use} label={`Use of ${name}`} />
      <details>
        <summary>Change limits</summary>
        <QuotaForm workspace={name} quota={quota} />
      </details>
      <details>
        <summary>New key of this workspace</summary>
        <NewKeyForm workspace={name} onCreated={onCreated} />
      </details>
      {created !== null && (
        <SecretNotice
          title={`The key ${created.key.name} of ${name}`}
          secret={created.secret}
          onDone={() => setCreated(null)}
        />
      )}
    </>
  )
}
