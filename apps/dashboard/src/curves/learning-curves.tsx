import type { Aggregate } from '@goalpost/contracts'
import { useMemo, useState } from 'react'
import { CurveLegend } from './curve-legend.tsx'
import { CurvePanelView } from './curve-panel-view.tsx'
import { curvePanels } from './curve-panels.ts'
import './curves.css'

/** As many measures as are compared at first: those that a protocol stores first matter most. */
const firstShown = 2

type Props = {
  readonly aggregates: readonly Aggregate[]
  /** Of so many steps, one was read. */
  readonly stride: number
}

/** What was measured while training, seed by seed. */
export function LearningCurves({ aggregates, stride }: Props) {
  const panels = useMemo(() => curvePanels(aggregates), [aggregates])
  const keys = [...new Set(panels.map(({ key }) => key))]
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
  if (panels.length === 0) return null
  const measures = chosen ?? keys.slice(0, firstShown)
  return (
    <div className="learning-curves">
      <h3>Seed by seed</h3>
      <HowToRead stride={stride} />
      <div className="curve-controls">
        <MeasureChoice keys={keys} chosen={measures} onChange={setChosen} />
        <CurveLegend places={places} hidden={hidden} onChange={setHidden} />
        <label className="check">
          <input type="checkbox" checked={isLog} onChange={({ target }) => setLog(target.checked)} />
          Logarithmic scale
        </label>
      </div>
      <div className="pairs">
        {shown.map(
          (panel) =>
            measures.includes(panel.key) && (
              <CurvePanelView key={[panel.key, ...panel.labels].join('\n')} {...{ panel, places, isLog }} />
            ),
        )}
      </div>
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

type ChoiceProps = {
  readonly keys: readonly string[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

function MeasureChoice({ keys, chosen, onChange }: ChoiceProps) {
  const toggle = (key: string): void =>
    onChange(chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key])
  return (
    <fieldset>
      <legend>Measures</legend>
      {keys.map((key) => (
        <label key={key} className="check">
          <input type="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)} />
          {key.replaceAll('-', ' ')}
        </label>
      ))}
    </fieldset>
  )
}
