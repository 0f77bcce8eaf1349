import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { ReportMarkup } from '../report/report-markup.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { AddArm } from './add-arm.tsx'
import { armText, parseArm, type Arm } from './comparison-arms.ts'
import { ManifestDifferences } from './manifest-differences.tsx'
import { OverlaidCurves } from './overlaid-curves.tsx'
import { SpecDiff } from './spec-diff.tsx'
import { useCompared } from './use-compared.ts'
import './compare.css'

const route = getRouteApi('/compare')

/** Conditions of any experiments side by side. The address holds them, so a link shows the same comparison. */
export function ComparePage() {
  useTitle('Compare')
  const { arms: texts } = route.useSearch()
  const navigate = route.useNavigate()
  const arms = useMemo(() => texts.map(parseArm), [texts])
  const show = (next: readonly string[]): void => void navigate({ search: { arms: next }, replace: true })
  return (
    <article>
      <header className="page-head">
        <h1>Compare</h1>
        <Link to="/league">League table of methods</Link>
      </header>
      <AddArm onAdd={(arm) => show([...new Set([...texts, armText(arm)])])} />
      {arms.length === 0 ? (
        <section className="panel">
          <h2>Nothing is chosen yet</h2>
          <p>Choose an experiment, and one of its conditions or all of them. Their seeds are compared pair by pair.</p>
        </section>
      ) : (
        <Comparison arms={arms} onRemove={(arm) => show(texts.filter((text) => text !== armText(arm)))} />
      )}
    </article>
  )
}

type Props = { readonly arms: readonly Arm[]; readonly onRemove: (arm: Arm) => void }

function Comparison({ arms, onRemove }: Props) {
  const { client } = useSession()
  const compared = useCompared(arms)
  const report = useQuery({
    queryKey: ['comparison', arms.map(armText)],
    queryFn: () => client.compare({ arms: [...arms] }),
  })
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
      {report.isPending ? (
        <p className="panel">Comparing…</p>
      ) : report.data === undefined ? (
        <ErrorPanel error={report.error} retry={() => void report.refetch()} />
      ) : (
        <PanelBoundary>
          <ReportMarkup report={report.data.report} status="final" />
        </PanelBoundary>
      )}
      <PanelBoundary>
        <OverlaidCurves sides={compared.sides} stride={compared.stride} />
      </PanelBoundary>
      <PanelBoundary>
        <SpecDiff sides={compared.sides} />
      </PanelBoundary>
      <PanelBoundary>
        <ManifestDifferences experiments={compared.experiments} />
      </PanelBoundary>
    </>
  )
}
