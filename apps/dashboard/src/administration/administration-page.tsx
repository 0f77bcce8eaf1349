import { Link, Outlet } from '@tanstack/react-router'
import { useSession } from '../session/session.ts'
import { useCurrentShown } from '../shell/use-current-shown.ts'
import './administration.css'

/** Who may use the workspace, what it may use, and who is told what happens in it. */
export function AdministrationPage() {
  const { state } = useSession()
  const sections = useCurrentShown()
  if (typeof state !== 'object') return null
  return (
    <article className="administration">
      <p className="eyebrow">workspace {state.workspace}</p>
      <h1>Administration</h1>
      <nav aria-label="Administration" className="pages sections" ref={sections}>
        <Link to="/administration/keys">Keys</Link>
        <Link to="/administration/members">Members</Link>
        <Link to="/administration/webhooks">Webhooks</Link>
        <Link to="/administration/usage">Usage</Link>
        <Link to="/administration/audit">Audit log</Link>
        {state.operator && <Link to="/administration/workspaces">Workspaces</Link>}
      </nav>
      <Outlet />
    </article>
  )
}
