import { useMemo, useState } from 'react'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { CurveLegend } from './curve-legend.tsx'
import { CurvePanelView } from './curve-panel-view.tsx'
import type { CurvePanel } from './curve-panels.ts'
import './curves.css'

/** As many measures as are compared at first: those that are stored first matter most. */
const firstShown = 2

type Props = {
  readonly panels: readonly CurvePanel[]
  /** Of each chart: one below that of the section. */
  readonly heading?: 'h3' | 'h4'
}

/** Charts that share conditions, scale and choice of measures. */
export function CurveGroup({ panels, heading = 'h4' }: Props) {
  const titles = useMemo(() => new Map(panels.map(({ key, title }) => [key, title])), [panels])
  const conditions = useMemo(
    () => [...new Set(panels.flatMap(({ curves }) => curves.map(({ condition }) => condition)))],
    [panels],
  )
  const places = useMemo(() => new Map(conditions.map((condition, index) => [condition, index])), [conditions])
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [isLog, setLog] = useState(false)
  const shown = useMemo(
    () => panels.map((panel) => ({ ...panel, curves: panel.curves.filter(({ condition }) => !hidden.has(condition)) })),
    [panels, hidden],
  )
  const measures = chosen ?? [...titles.keys()].slice(0, firstShown)
  return (
    <>
      <div className="curve-controls">
        <MeasureChoice titles={titles} chosen={measures} onChange={setChosen} />
        {conditions.length > 1 && <CurveLegend places={places} hidden={hidden} onChange={setHidden} />}
        <label className="check">
          <input type="checkbox" checked={isLog} onChange={({ target }) => setLog(target.checked)} />
          Logarithmic scale
        </label>
      </div>
      <div className="pairs">
        {shown.map(
          (panel) =>
            measures.includes(panel.key) && (
              <PanelBoundary key={[panel.key, ...panel.labels].join('\n')}>
                <CurvePanelView {...{ panel, places, isLog, heading }} />
              </PanelBoundary>
            ),
        )}
      </div>
    </>
  )
}

type ChoiceProps = {
  readonly titles: ReadonlyMap<string, string>
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

function MeasureChoice({ titles, chosen, onChange }: ChoiceProps) {
  const toggle = (key: string): void =>
    onChange(chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key])
  return (
    <fieldset>
      <legend>Measures</legend>
      {[...titles].map(([key, title]) => (
        <label key={key} className="check">
          <input type="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)} />
          {title}
        </label>
      ))}
    </fieldset>
  )
}
