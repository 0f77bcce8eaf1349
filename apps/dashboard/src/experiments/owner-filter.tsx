import { useSession } from '../session/session.ts'

type Props = { readonly owner: string; readonly set: (owner: string) => void }

/** Everybody's experiments, one's own, or those of an owner whose name was clicked in the list. */
export function OwnerFilter({ owner, set }: Props) {
  const { state } = useSession()
  const own = typeof state === 'object' ? state.key : ''
  return (
    <label>
      Owner
      <select value={owner} onChange={({ target }) => set(target.value)}>
        <option value="">anyone</option>
        {own !== '' && <option value={own}>my key ({own})</option>}
        {owner !== '' && owner !== own && <option value={owner}>{owner}</option>}
      </select>
    </label>
  )
}
