import { useQuery } from '@tanstack/react-query'
import { AddArm } from '../compare/add-arm.tsx'
import { parseArm, type Arm } from '../compare/comparison-arms.ts'
import { ReportMarkup } from '../report/report-markup.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'

type Props = {
  /** The searches of the table, by id. */
  readonly league: readonly string[]
  /** As in the page's address; undefined for none. */
  readonly condition: string | undefined
  readonly onChoose: (arm: Arm) => void
}

/** Which method the table would have you try for a condition with a bad verdict, and why. */
export function NextMethod({ league, condition, onChoose }: Props) {
  return (
    <section className="panel" aria-labelledby="next-method">
      <h2 id="next-method">What to try next</h2>
      <p>
        Choose a condition whose agents learned the wrong goal: the table says which method has helped in its place.
      </p>
      <AddArm action="Recommend" all="the first with a bad verdict" onAdd={onChoose} />
      {condition !== undefined && <Recommendation league={league} arm={parseArm(condition)} />}
    </section>
  )
}

function Recommendation({ league, arm }: { readonly league: readonly string[]; readonly arm: Arm }) {
  const { client } = useSession()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['recommendation', league, arm],
    queryFn: () => client.recommend({ ...arm, league: [...league] }),
  })
  if (isPending) return <p className="note">Looking…</p>
  if (data === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />
  return <ReportMarkup report={data.report} status="final" />
}
