import { useQuery } from '@tanstack/react-query'
import { By } from '../design/by.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { useSession } from '../session/session.ts'
import { QueryProblem } from '../shell/query-problem.tsx'

const mostShown = 20

/** The latest moves of a model's aliases. */
export function AliasMoves({ model }: { readonly model: string }) {
  const { client } = useSession()
  const moves = useQuery({
    queryKey: ['alias-moves', model],
    queryFn: () => client.aliasMoves(model, { limit: mostShown }),
  })
  const { data } = moves
  if (data === undefined) return <QueryProblem of={moves} what="The moves of aliases" />
  if (data.items.length === 0) return null
  return (
    <section aria-labelledby="moves">
      <h2 id="moves">Moves of aliases</h2>
      <ul>
        {data.items.map(({ alias, from, to, at, createdBy }) => (
          <li key={`${alias} ${at}`}>
            <b>{alias}</b> {from === null ? '' : `from ${from} `}
            {to === null ? 'removed' : `to ${to}`}, <RelativeTime at={at} />
            <By author={createdBy} />
          </li>
        ))}
      </ul>
      {data.nextCursor !== null && <p className="note">The latest {mostShown} are shown.</p>}
    </section>
  )
}
