import type { SavedFilter } from '@goalpost/contracts'
import { useMay, useSession } from '../session/session.ts'

/** Whether the session's key may replace or delete a view: its own, or with scope `manage` any. */
export function useMayChangeView(): (view: Pick<SavedFilter, 'createdBy'>) => boolean {
  const { state } = useSession()
  const [maySave, mayManage] = [useMay('submit'), useMay('manage')]
  const own = typeof state === 'object' ? state.key : null
  return ({ createdBy }) => mayManage || (maySave && createdBy !== null && createdBy === own)
}
