import type { TaskView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { CurveGroup } from './curve-group.tsx'
import { trainingPanels } from './training-panels.ts'

const pollMs = 5_000
const maxPoints = 500

type Props = { readonly task: Pick<TaskView, 'id' | 'key' | 'seed'>; readonly isOpen: boolean }

/** The curves that a task reports while it runs. */
export function TaskCurves({ task: { id, key, seed }, isOpen }: Props) {
  const { client } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['series', id],
    queryFn: () => client.series(id, { maxPoints }),
    refetchInterval: isOpen ? pollMs : false,
  })
  const panels = useMemo(
    () => trainingPanels(data === undefined ? [] : [{ condition: key, seed: seed ?? 0, series: data.series }]),
    [data, key, seed],
  )
  if (error !== null && data === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />
  if (panels.length === 0) return null
  return (
    <section aria-labelledby="curves">
      <h2 id="curves">Curves</h2>
      <p className="note">
        Point at a chart, or move its slider, for the value at a step; click to keep it.
        {data !== undefined &&
          data.stride > 1 &&
          ` Of up to ${data.stride} points next to each other, the lowest and the highest are shown: no peak is left out.`}
      </p>
      <CurveGroup panels={panels} heading="h3" />
    </section>
  )
}
