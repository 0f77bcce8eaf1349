import { useQuery } from '@tanstack/react-query'
import { roughDuration } from '../design/format-time.ts'
import { useSession } from '../session/session.ts'

const pollMs = 10_000

/** How long a running experiment takes from now on. Only rows in view ask, and an unchanged answer costs no body. */
export function TimeLeft({ id }: { readonly id: string }) {
  const { client } = useSession()
  const { data } = useQuery({
    queryKey: ['experiment', id],
    queryFn: () => client.experiment(id),
    refetchInterval: pollMs,
    staleTime: pollMs,
  })
  if (typeof data?.secondsLeft !== 'number') return null
  return <small className="time-left">{roughDuration(data.secondsLeft)} left</small>
}
