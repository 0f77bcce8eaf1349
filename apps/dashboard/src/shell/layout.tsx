import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useSession } from '../session/session.ts'
import { SignInPage } from '../session/sign-in-page.tsx'
import { ErrorPanel } from './error-panel.tsx'
import { Logo } from './logo.tsx'
import { useCurrentShown } from './use-current-shown.ts'

function PageLinks() {
  return (
    <>
      <Link to="/experiments">Experiments</Link>
      <Link to="/compare" search={{ arms: [] }} activeOptions={{ includeSearch: false }}>
        Compare
      </Link>
      <Link to="/models">Models</Link>
      <Link to="/gates">Gates</Link>
      <Link to="/fleet">Fleet</Link>
      <Link to="/catalogue">Catalogue</Link>
      <Link to="/administration">Administration</Link>
    </>
  )
}

/** Every page: header, and the page itself for those who are signed in. */
export function Layout() {
  const { state, failure, signOut } = useSession()
  const { pathname } = useLocation()
  const pages = useCurrentShown(typeof state)
  const isOpenToAll = pathname === '/sign-in' || pathname === '/join'
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="bar">
        <Link to="/experiments" className="brand">
          <Logo />
          Goalpost
        </Link>
        <nav aria-label="Pages" className="pages" ref={pages}>
          {typeof state === 'object' && <PageLinks />}
          <a href="/docs">API</a>
        </nav>
        {typeof state === 'object' && (
          <p className="account">
            <span title={`Key ${state.key} with the scope ${state.scope}`}>
              {state.workspace} · {state.scope}
            </span>
            <button type="button" onClick={() => void signOut()}>
              Sign out
            </button>
          </p>
        )}
      </header>
      <main id="main" tabIndex={-1}>
        {state === 'loading' ? (
          <p className="panel">Loading…</p>
        ) : failure !== null && !isOpenToAll ? (
          <ErrorPanel heading="h1" {...failure} />
        ) : state === 'signed-out' && !isOpenToAll ? (
          <SignInPage />
        ) : (
          <Outlet />
        )}
      </main>
    </>
  )
}
