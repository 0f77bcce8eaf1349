import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { ReportMarkup } from '../report/report-markup.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { QueryProblem } from '../shell/query-problem.tsx'
import { useTitle } from '../shell/use-title.ts'
import { AddArm } from './add-arm.tsx'
import { BaselineChoice, baselineFirst, shownBaseline } from './baseline-choice.tsx'
import { armText, parseArm, withArm, withoutArm, type Arm, type ComparisonSearch } from './comparison-arms.ts'
import { ManifestDifferences } from './manifest-differences.tsx'
import { OverlaidCurves } from './overlaid-curves.tsx'
import { SpecDiff } from './spec-diff.tsx'
import { useCompared } from './use-compared.ts'
import './compare.css'

const route = getRouteApi('/compare')

/** Conditions of any experiments side by side. The address holds them, so a link shows the same comparison. */
export function ComparePage() {
  useTitle('Compare')
  const search = route.useSearch()
  const { arms: texts, baseline } = search
  const navigate = route.useNavigate()
  const arms = useMemo(() => texts.map(parseArm), [texts])
  const show = (next: ComparisonSearch): void => void navigate({ search: next, replace: true, resetScroll: false })
  return (
    <article>
      <header className="page-head">
        <h1>Compare</h1>
        <Link to="/league">League table of methods</Link>
      </header>
      <PanelBoundary>
        <AddArm onAdd={(arm) => show(withArm(search, arm))} />
      </PanelBoundary>
      {arms.length === 0 ? (
        <section className="panel">
          <h2>Nothing is chosen yet</h2>
          <p>Choose an experiment, and one of its conditions or all of them. Their seeds are compared pair by pair.</p>
        </section>
      ) : (
        <PanelBoundary>
          <Comparison
            {...{ arms, baseline }}
            onBaseline={(arm) => show({ ...search, baseline: arm })}
            onRemove={(arm) => show(withoutArm(search, armText(arm)))}
          />
        </PanelBoundary>
      )}
    </article>
  )
}

type Props = {
  readonly arms: readonly Arm[]
  readonly baseline: string | undefined
  readonly onBaseline: (arm: string) => void
  readonly onRemove: (arm: Arm) => void
}

function Comparison({ arms, baseline, onBaseline, onRemove }: Props) {
  const compared = useCompared(arms)
  const comparison = useComparison(arms, baseline)
  const shown = shownBaseline(comparison.data, baseline)
  const sides = baselineFirst(compared.sides, shown)
  return (
    <>
      <ul className="chips arms" aria-label="Compared">
        {arms.map((arm) => (
          <li key={armText(arm)}>
            <button type="button" className="chosen" onClick={() => onRemove(arm)}>
              <span className="visually-hidden">Remove </span>
              {compared.nameOf(arm.experimentId)}: {arm.condition ?? 'all conditions'} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <PanelBoundary>
        <BaselineChoice sides={compared.sides} baseline={shown} onChoose={onBaseline} />
      </PanelBoundary>
      <QueryProblem of={compared.queries} what="The compared experiments" />
      <ComparisonReport comparison={comparison} />
      <PanelBoundary>
        <OverlaidCurves sides={sides} stride={compared.stride} />
      </PanelBoundary>
      <PanelBoundary>
        <SpecDiff sides={sides} />
      </PanelBoundary>
      <PanelBoundary>
        <ManifestDifferences experiments={compared.experiments} />
      </PanelBoundary>
    </>
  )
}

/** As computed by the service. */
function useComparison(arms: readonly Arm[], baseline: string | undefined) {
  const { client } = useSession()
  return useQuery({
    queryKey: ['comparison', arms.map(armText), baseline ?? null],
    queryFn: () =>
      client.compare({ arms: [...arms], ...(baseline === undefined ? {} : { baseline: parseArm(baseline) }) }),
  })
}

function ComparisonReport({ comparison }: { readonly comparison: ReturnType<typeof useComparison> }) {
  if (comparison.isPending) return <p className="panel">Comparing…</p>
  if (comparison.data === undefined)
    return <ErrorPanel error={comparison.error} retry={() => void comparison.refetch()} />
  return (
    <PanelBoundary>
      <ReportMarkup report={comparison.data.report} status="final" />
    </PanelBoundary>
  )
}
