import { useQuery } from '@tanstack/react-query'
import type { SignInRefusal } from '@goalpost/contracts'
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { explainError } from '../shell/explain-error.ts'
import { QueryProblem } from '../shell/query-problem.tsx'
import { useTitle } from '../shell/use-title.ts'
import { useSession } from './session.ts'
import { refusals } from './sign-in-refusals.ts'

/** Signs in with the token in the address's fragment, or with an API key. */
export function SignInPage() {
  useTitle('Sign in')
  const { state } = useSession()
  const navigate = useNavigate()
  const { refused } = useSearch({ strict: false })
  const { isRedeeming, problem } = useRedeemedToken()
  useEffect(() => {
    if (typeof state === 'object') void navigate({ to: '/experiments', replace: true })
  }, [state, navigate])
  if (isRedeeming) return <p className="panel">Signing in…</p>
  return (
    <>
      {refused !== undefined && <Refusal refused={refused} />}
      <KeyForm refusal={problem} />
    </>
  )
}

/** Why a sign-in with an account elsewhere has failed, and what to do. */
function Refusal({ refused }: { readonly refused: SignInRefusal }) {
  const { what, next } = refusals[refused]
  return (
    <section className="sign-in panel" role="alert">
      <h2>You are not signed in</h2>
      <p>{what}</p>
      <p>{next}</p>
    </section>
  )
}

/** Exchanges the token of a sign-in link, if the address has one. */
function useRedeemedToken() {
  const { signIn } = useSession()
  const navigate = useNavigate()
  const { hash: token } = useLocation()
  const [problem, setProblem] = useState<string | null>(null)
  const [isRedeeming, setRedeeming] = useState(token !== '')
  const redeemed = useRef('')
  useEffect(() => {
    // It works once, also where effects run twice.
    if (token === '' || redeemed.current === token) return
    redeemed.current = token
    setRedeeming(true)
    setProblem(null)
    // Not kept in the browser's history.
    void navigate({ to: '/sign-in', hash: '', replace: true })
    signIn({ token })
      .catch((error: unknown) => setProblem(explainError(error)))
      .finally(() => setRedeeming(false))
  }, [token, signIn, navigate])
  return { isRedeeming, problem }
}

/** Sign-in with an account elsewhere, if the service has it. */
function ProviderLink() {
  const { client } = useSession()
  const methods = useQuery({
    queryKey: ['sign-in-methods'],
    queryFn: () => client.signInMethods(),
    staleTime: Infinity,
  })
  if (methods.data === undefined) return <QueryProblem of={methods} what="Other ways to sign in" />
  const { oidc } = methods.data
  if (oidc === null) return null
  // A page of the service, not of the dashboard: it leads on to the provider.
  return <a href={oidc.path}>Sign in with {oidc.name}</a>
}

/** `refusal`: why a link did not work. */
function KeyForm({ refusal }: { readonly refusal: string | null }) {
  const { signIn } = useSession()
  const [problem, setProblem] = useState(refusal)
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const apiKey = new FormData(event.currentTarget).get('api-key')
    setProblem(null)
    signIn({ apiKey: typeof apiKey === 'string' ? apiKey.trim() : '' }).catch((error: unknown) =>
      setProblem(explainError(error)),
    )
  }
  return (
    <form className="sign-in panel" onSubmit={submit}>
      <h1>Sign in</h1>
      <label htmlFor="api-key">API key</label>
      <input
        id="api-key"
        name="api-key"
        type="password"
        autoComplete="off"
        required
        placeholder="gp_…"
        aria-describedby="key-help"
        aria-invalid={problem !== null}
      />
      <p id="key-help" className="note">
        On the machine of a local service, <code>npx goalpost dashboard</code> prints a link that signs you in. The key
        is exchanged for a session and not kept in the browser.
      </p>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <button type="submit" className="primary">
        Sign in
      </button>
      <ProviderLink />
    </form>
  )
}
