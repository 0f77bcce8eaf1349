import { formatNumber } from '@goalpost/report-view'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { CurveChart } from './curve-chart.tsx'
import type { CurvePanel } from './curve-panels.ts'
import { CurveReadout } from './curve-readout.tsx'
import { stepsOf } from './plot-data.ts'

type Props = {
  readonly panel: CurvePanel
  readonly places: ReadonlyMap<string, number>
  readonly isLog: boolean
  readonly heading: 'h3' | 'h4'
}

/** A chart with the values at one step: the one pointed at, the one clicked, or the last. */
export function CurvePanelView({ panel, places, isLog, heading: Heading }: Props) {
  const steps = useMemo(() => stepsOf(panel.curves), [panel])
  const [pointed, setPointed] = useState<number | null>(null)
  const [isPinned, setPinned] = useState(false)
  // The chart keeps its function: with another one it would be made anew.
  const pinned = useRef(isPinned)
  useEffect(() => {
    pinned.current = isPinned
  }, [isPinned])
  const point = useCallback((x: number) => {
    if (!pinned.current) setPointed(x)
  }, [])
  const x = pointed !== null && steps.includes(pointed) ? pointed : steps.at(-1)
  const name = [panel.title, ...panel.labels].join(' · ')
  const slide = (index: number): void => {
    setPinned(true)
    setPointed(steps[index] ?? null)
  }
  return (
    <figure>
      <Heading>{name}</Heading>
      {/* The slider does the same with keys. */}
      <div onClick={() => setPinned(!isPinned)}>
        <CurveChart panel={panel} places={places} isLog={isLog} onPoint={point} />
      </div>
      {x === undefined ? (
        <p className="none">No condition is chosen.</p>
      ) : (
        <>
          <StepSlider name={name} x={x} steps={steps} onSlide={slide} />
          {isPinned && (
            <button type="button" className="pin" onClick={() => setPinned(false)}>
              Kept <span aria-hidden="true">×</span>
              <span className="visually-hidden">step of {name}: follow the pointer again</span>
            </button>
          )}
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
