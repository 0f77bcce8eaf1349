import { LiveMark } from '../live/live-mark.tsx'
import { useTitle } from '../shell/use-title.ts'
import { GateList } from './gate-list.tsx'
import { useLiveGates } from './use-live-gates.ts'
import { PanelBoundary } from '../shell/panel-boundary.tsx'

/** All gates of the workspace, each with its latest run. */
export function GatesPage() {
  useTitle('Gates')
  const live = useLiveGates()
  return (
    <article>
      <header className="page-head">
        <h1 id="gates">Gates</h1>
        <LiveMark live={live} />
      </header>
      <PanelBoundary>
        <GateList title={null} />
      </PanelBoundary>
    </article>
  )
}
