import { useQuery } from '@tanstack/react-query'
import { useSession } from '../session/session.ts'
import { QueryProblem } from '../shell/query-problem.tsx'

type Props = { readonly name: string; readonly changedAt: string | null }

/** The gate's badge, as it looks in a README. As an image: browsers run no scripts in an image's SVG. */
export function GateBadge({ name, changedAt }: Props) {
  const { client } = useSession()
  const badge = useQuery({ queryKey: ['badge', name, changedAt], queryFn: () => client.gateBadge(name) })
  if (badge.data === undefined) return <QueryProblem of={badge} what="The badge" />
  return (
    <p>
      <img alt={`Badge of ${name}`} src={`data:image/svg+xml,${encodeURIComponent(badge.data)}`} />{' '}
      <small>
        <code>{`/v1/gates/${name}/badge.svg`}</code>
      </small>
    </p>
  )
}
