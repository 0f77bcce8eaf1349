import type { Aggregate } from '@goalpost/contracts'
import { useMemo, type ReactNode } from 'react'
import { CurveGroup } from './curve-group.tsx'
import { curvePanels } from './curve-panels.ts'

type Props = {
  readonly aggregates: readonly Aggregate[]
  /** Of so many steps, one was read. */
  readonly stride: number
  /** Above them, where there are any. */
  readonly title?: ReactNode
}

/** What was measured while training, seed by seed. */
export function LearningCurves({ aggregates, stride, title }: Props) {
  const panels = useMemo(() => curvePanels(aggregates), [aggregates])
  if (panels.length === 0) return null
  return (
    <div className="learning-curves">
      {title}
      <h3>Seed by seed</h3>
      <HowToRead stride={stride} />
      <CurveGroup panels={panels} />
    </div>
  )
}

function HowToRead({ stride }: Pick<Props, 'stride'>) {
  return (
    <p className="note">
      Thick: the mean over seeds, in its interval. Thin: each seed. Point at a chart, or move its slider, for all
      values; click to keep them.
      {stride > 1 && ` One step in ${stride} is shown, and the last: short peaks between them are not seen.`}
    </p>
  )
}
