import { formatNumber } from '@goalpost/report-view'
import { useCallback, useMemo, useRef, useState } from 'react'
import { CurveChart } from './curve-chart.tsx'
import type { CurvePanel } from './curve-panels.ts'
import { CurveReadout } from './curve-readout.tsx'
import { stepsOf } from './plot-data.ts'

type Props = {
  readonly panel: CurvePanel
  readonly places: ReadonlyMap<string, number>
  readonly isLog: boolean
}

/** A chart with the values at one step: the one pointed at, the one clicked, or the last. */
export function CurvePanelView({ panel, places, isLog }: Props) {
  const steps = useMemo(() => stepsOf(panel.curves), [panel])
  const [pointed, setPointed] = useState<number | null>(null)
  const isPinned = useRef(false)
  const point = useCallback((x: number) => {
    if (!isPinned.current) setPointed(x)
  }, [])
  const x = pointed !== null && steps.includes(pointed) ? pointed : steps.at(-1)
  const name = [panel.title, ...panel.labels].join(' · ')
  const pin = (): void => {
    isPinned.current = !isPinned.current
  }
  const slide = (index: number): void => {
    isPinned.current = true
    setPointed(steps[index] ?? null)
  }
  return (
    <figure>
      <h4>{name}</h4>
      {/* The slider does the same with keys. */}
      <div onClick={pin}>
        <CurveChart panel={panel} places={places} isLog={isLog} onPoint={point} />
      </div>
      {x === undefined ? (
        <p className="none">No condition is chosen.</p>
      ) : (
        <>
          <StepSlider name={name} x={x} steps={steps} onSlide={slide} />
          <CurveReadout panel={panel} x={x} />
        </>
      )}
    </figure>
  )
}

type SliderProps = {
  readonly name: string
  readonly x: number
  readonly steps: readonly number[]
  readonly onSlide: (index: number) => void
}

function StepSlider({ name, x, steps, onSlide }: SliderProps) {
  return (
    <label className="scrub">
      At {formatNumber(x)}
      <input
        type="range"
        aria-label={`Step of ${name}`}
        aria-valuetext={formatNumber(x)}
        min={0}
        max={steps.length - 1}
        value={steps.indexOf(x)}
        onChange={({ target }) => onSlide(Number(target.value))}
      />
    </label>
  )
}
