import type { CreatedApiKey } from '@goalpost/contracts'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { explainError } from '../shell/explain-error.ts'
import { useTitle } from '../shell/use-title.ts'
import { useSession } from './session.ts'

/** Accepts the invitation in the address's fragment: shows the key once, and signs in with it. */
export function JoinPage() {
  useTitle('Invitation')
  const { hash: token } = useLocation()
  const { client } = useSession()
  const [accepted, setAccepted] = useState<CreatedApiKey | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  // Not at once: programs that look at links before people do would use it up.
  const accept = (): void => {
    setProblem(null)
    client.acceptInvitation(token).then(setAccepted, (error: unknown) => setProblem(explainError(error)))
  }
  if (accepted !== null) return <AcceptedKey accepted={accepted} />
  return (
    <div className="sign-in panel">
      <h1>You are invited to Goalpost</h1>
      <p className="note">This link works once. You get an API key for programs, and are signed in here.</p>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <button type="button" className="primary" onClick={accept} disabled={token === ''}>
        Accept the invitation
      </button>
    </div>
  )
}

function AcceptedKey({ accepted: { key, secret } }: { readonly accepted: CreatedApiKey }) {
  const { signIn } = useSession()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<string | null>(null)
  const enter = (): void => {
    signIn({ apiKey: secret }).then(
      () => void navigate({ to: '/experiments', replace: true }),
      (error: unknown) => setProblem(explainError(error)),
    )
  }
  return (
    <div className="sign-in panel">
      <h1>Welcome to {key.workspace}</h1>
      <label htmlFor="new-key">Your API key, with the scope {key.scope}: it is shown only now</label>
      <input id="new-key" readOnly value={secret} onFocus={(event) => event.currentTarget.select()} />
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <button type="button" className="primary" onClick={enter}>
        Continue
      </button>
    </div>
  )
}
