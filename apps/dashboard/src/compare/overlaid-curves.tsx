import { Suspense, useMemo } from 'react'
import { lazyComponent } from '../design/lazy-component.tsx'
import type { Side } from './use-compared.ts'

const LearningCurves = lazyComponent(async () => ({
  default: (await import('../curves/learning-curves.tsx')).LearningCurves,
}))

type Props = { readonly sides: readonly Side[]; readonly stride: number }

/** The curves of all compared conditions in the same charts. */
export function OverlaidCurves({ sides, stride }: Props) {
  const aggregates = useMemo(
    () => sides.flatMap(({ name, aggregates: own }) => own.map((aggregate) => ({ ...aggregate, condition: name }))),
    [sides],
  )
  if (aggregates.length === 0) return null
  return (
    <Suspense fallback={<p className="note">Loading the curves…</p>}>
      <LearningCurves aggregates={aggregates} stride={stride} title={<h2>Curves overlaid</h2>} />
    </Suspense>
  )
}
