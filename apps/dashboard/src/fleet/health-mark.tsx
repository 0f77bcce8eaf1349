import { useQuery } from '@tanstack/react-query'
import { ToneIcon } from '../design/tone-icon.tsx'
import { useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'

const pollMs = 10_000

/** Whether the service and its database answer. */
export function HealthMark() {
  const { client } = useSession()
  const { data, error, isPending } = useQuery({
    queryKey: ['ready'],
    queryFn: () => client.ready(),
    refetchInterval: pollMs,
    retry: false,
  })
  if (isPending) return null
  if (error !== null)
    return (
      <p role="alert" className="state health tone-bad">
        <ToneIcon tone="bad" /> not ready: {explainError(error)}
      </p>
    )
  return (
    <p role="status" className="state tone-good">
      <ToneIcon tone="good" /> ready{' '}
      <small>
        revision <code>{data?.codeRevision.slice(0, 12)}</code>
      </small>
    </p>
  )
}
