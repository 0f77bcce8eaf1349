import type { ApiKeyView, CreatedApiKey, Tone } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ConfirmButton } from '../design/confirm-button.tsx'
import { exactTime } from '../design/format-time.ts'
import { RelativeTime } from '../design/relative-time.tsx'
import { ToneIcon } from '../design/tone-icon.tsx'
import { useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'

const titles = ['key', 'scope', 'state', 'last used', 'created', 'expires', '']

type Props = { readonly keys: readonly ApiKeyView[]; readonly onRotated: (created: CreatedApiKey) => void }

/** Keys, newest first; those that work can be rotated and revoked, except those of members, which end with them. */
export function KeyTable({ keys, onRotated }: Props) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label="Keys of the workspace">
      <table className="plain">
        <thead>
          <tr>
            {titles.map((title) => (
              <th scope="col" key={title}>
                {title === '' ? <span className="visually-hidden">actions</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRotated={onRotated} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function KeyRow({ apiKey, onRotated }: { readonly apiKey: ApiKeyView } & Pick<Props, 'onRotated'>) {
  const { name, scope, operator, member, state, lastUsedAt, createdAt, expiresAt } = apiKey
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {scope}
        {operator && <small> operator</small>}
        {member && <small> member</small>}
      </td>
      <td>
        <KeyStateMark state={state} />
      </td>
      <td>{lastUsedAt === null ? 'never' : <RelativeTime at={lastUsedAt} />}</td>
      <td>
        <RelativeTime at={createdAt} />
      </td>
      <td>{expiresAt === null ? 'never' : <time dateTime={expiresAt}>{exactTime(Date.parse(expiresAt))}</time>}</td>
      <td>
        {state === 'active' && !member && <KeyActions apiKey={apiKey} onRotated={onRotated} />}
        {state === 'active' && member && <Link to="/administration/members">Members</Link>}
      </td>
    </tr>
  )
}

const tones: Readonly<Record<ApiKeyView['state'], Tone>> = { active: 'good', expired: 'neutral', revoked: 'bad' }

function KeyStateMark({ state }: Pick<ApiKeyView, 'state'>) {
  return (
    <span className={`state tone-${tones[state]}`}>
      <ToneIcon tone={tones[state]} />
      {state}
    </span>
  )
}

function KeyActions({ apiKey: { id, name }, onRotated }: { readonly apiKey: ApiKeyView } & Pick<Props, 'onRotated'>) {
  const { client } = useSession()
  const queries = useQueryClient()
  const rotate = useMutation({ mutationFn: () => client.rotateKey(id), onSuccess: onRotated })
  const revoke = useMutation({
    mutationFn: () => client.revokeKey(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  })
  const error = revoke.error ?? rotate.error
  return (
    <>
      <span className="row-actions">
        <ConfirmButton action="Rotate" subject={name} isPending={rotate.isPending} onConfirm={() => rotate.mutate()}>
          <p>A new key of the same name and scope is made. The present secret keeps working for 24 hours.</p>
        </ConfirmButton>
        <ConfirmButton action="Revoke" subject={name} isPending={revoke.isPending} onConfirm={() => revoke.mutate()}>
          <p>Programs and browsers that use it are refused at once. This cannot be undone.</p>
        </ConfirmButton>
      </span>
      {error !== null && (
        <span role="alert" className="problem">
          {explainError(error)}
        </span>
      )}
    </>
  )
}
