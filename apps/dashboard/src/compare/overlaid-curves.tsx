import { lazy, Suspense, useMemo } from 'react'
import type { Side } from './use-compared.ts'

const LearningCurves = lazy(async () => ({ default: (await import('../curves/learning-curves.tsx')).LearningCurves }))

/** The curves of all compared conditions in the same charts. */
export function OverlaidCurves({ sides }: { readonly sides: readonly Side[] }) {
  const aggregates = useMemo(
    () => sides.flatMap(({ name, aggregates: own }) => own.map((aggregate) => ({ ...aggregate, condition: name }))),
    [sides],
  )
  if (aggregates.length === 0) return null
  return (
    <section aria-labelledby="overlaid">
      <h2 id="overlaid">Curves overlaid</h2>
      <Suspense fallback={<p className="note">Loading the curves…</p>}>
        <LearningCurves aggregates={aggregates} />
      </Suspense>
    </section>
  )
}
