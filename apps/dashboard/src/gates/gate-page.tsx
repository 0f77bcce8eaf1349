import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { GateView, OnsetCurve } from '@goalpost/contracts'
import { By } from '../design/by.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { VerdictLegend } from '../design/verdict-legend.tsx'
import { describeCounts } from '../dose/describe-counts.ts'
import { DoseChart } from '../dose/dose-chart.tsx'
import '../dose/dose.css'
import { LiveMark } from '../live/live-mark.tsx'
import { pollSlowly, pollWhileDown, type Live } from '../live/use-connection.ts'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { Bisections } from './bisections.tsx'
import { GateBadge } from './gate-badge.tsx'
import { GateRuns } from './gate-runs.tsx'
import { onsetResponse } from './onset-responses.ts'
import { useLiveGates } from './use-live-gates.ts'

const route = getRouteApi('/gates/$name')

/** One gate: its badge, what it watches over the versions, and its runs. */
export function GatePage() {
  const { name } = route.useParams()
  const { client } = useSession()
  useTitle(name)
  const live = useLiveGates()
  const gate = useQuery({
    queryKey: ['gate', name],
    queryFn: () => client.gate(name),
    refetchInterval: pollSlowly(live),
  })
  if (gate.isPending) return <h1 className="note">Loading…</h1>
  if (gate.data === undefined) return <ErrorPanel heading="h1" error={gate.error} retry={() => void gate.refetch()} />
  const { model, spec } = gate.data
  return (
    <article>
      <p className="eyebrow">
        gate of{' '}
        <Link to="/models/$name" params={{ name: model }}>
          {model}
        </Link>
      </p>
      <header className="page-head">
        <h1>{name}</h1>
        <LiveMark live={live} />
      </header>
      {spec.description !== undefined && <p>{spec.description}</p>}
      <PanelBoundary>
        <GateBadge name={name} changedAt={gate.data.latest?.endedAt ?? null} />
      </PanelBoundary>
      <PanelBoundary>
        <OnsetCurves name={name} live={live} />
      </PanelBoundary>
      <PanelBoundary>
        <Bisections name={name} />
      </PanelBoundary>
      <PanelBoundary>
        <GateRuns name={name} />
      </PanelBoundary>
      <PanelBoundary>
        <Definition gate={gate.data} />
      </PanelBoundary>
    </article>
  )
}

function Definition({ gate }: { readonly gate: GateView }) {
  const { spec, version, createdAt, createdBy, updatedAt, updatedBy } = gate
  return (
    <section aria-labelledby="gate-spec">
      <h2 id="gate-spec">How it is defined</h2>
      <p className="soft">
        Created <RelativeTime at={createdAt} />
        <By author={createdBy} />
        {version > 1 && (
          <>
            ; version {version} applied <RelativeTime at={updatedAt} />
            <By author={updatedBy} />
          </>
        )}
      </p>
      <details>
        <summary>The gate as applied</summary>
        <pre tabIndex={0}>{JSON.stringify(spec, null, 2)}</pre>
      </details>
    </section>
  )
}

function OnsetCurves({ name, live }: { readonly name: string; readonly live: Live }) {
  const { client } = useSession()
  const onset = useQuery({
    queryKey: ['onset', name],
    queryFn: () => client.onsetCurves(name),
    refetchInterval: pollWhileDown(live),
  })
  if (onset.isPending) return null
  if (onset.data === undefined) return <ErrorPanel error={onset.error} retry={() => void onset.refetch()} />
  const curves = onset.data.curves.filter(({ points }) => points.length > 0)
  return (
    <section aria-labelledby="onset">
      <h2 id="onset">Over the versions</h2>
      {curves.length === 0 ? (
        <p className="none">No version has been tested yet.</p>
      ) : (
        <div className="pairs">
          {curves.map((curve) => (
            <PanelBoundary key={`${curve.rule} ${curve.measure}`}>
              <OnsetFigure curve={curve} />
            </PanelBoundary>
          ))}
        </div>
      )}
    </section>
  )
}

function OnsetFigure({ curve }: { readonly curve: OnsetCurve }) {
  const { rule, keeps, firstBad, lastGood } = curve
  const response = onsetResponse(curve)
  const counts = describeCounts(response.points)
  return (
    <figure className="onset">
      <h3>{rule}</h3>
      <DoseChart response={response} option="version" />
      <VerdictLegend points={response.points} />
      <figcaption>
        A version keeps the rule {keeps} the line. Bars: the mean over the units on which it could be measured, with its
        interval
        {counts === null ? '' : `, ${counts}`}.
        {firstBad !== null &&
          ` Violated since version ${firstBad}${lastGood === null ? '' : `; version ${lastGood} was the last good one`}.`}
      </figcaption>
    </figure>
  )
}
