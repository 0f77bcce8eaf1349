import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { CurveGroup } from './curve-group.tsx'
import { trainingPanels } from './training-panels.ts'
import { trainingQuery, type Trained } from './training-query.ts'

/** Losses, entropy and the like of all trainings, by condition. They are read when the panel is opened. */
export function TrainingCurves({ experiment }: { readonly experiment: Trained }) {
  const { client } = useSession()
  const { data, error, refetch, isPending } = useQuery(trainingQuery(client, experiment))
  const panels = useMemo(() => trainingPanels(data?.runs ?? []), [data])
  if (isPending) return <p className="note">Loading the curves…</p>
  if (data === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />
  if (panels.length === 0) return <p className="none">The trainings have reported no curves yet.</p>
  return (
    <>
      <p className="note">
        Over {data.unit}. Thick: the mean over seeds, between the lowest and the highest. Thin: each seed.
        {data.leftOut > 0 && ` Of ${data.runs.length} runs; ${data.leftOut} more are left out.`}
      </p>
      <CurveGroup panels={panels} />
    </>
  )
}
