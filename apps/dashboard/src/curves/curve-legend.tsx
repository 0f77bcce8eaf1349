import { chartColours, dashes } from '../design/chart-colours.ts'

type Props = {
  readonly places: ReadonlyMap<string, number>
  readonly hidden: ReadonlySet<string>
  readonly onChange: (hidden: ReadonlySet<string>) => void
}

/** Conditions with the look of their lines; unchecked ones are not drawn. */
export function CurveLegend({ places, hidden, onChange }: Props) {
  const toggle = (condition: string): void => {
    const next = new Set(hidden)
    if (!next.delete(condition)) next.add(condition)
    onChange(next)
  }
  return (
    <fieldset>
      <legend>Conditions</legend>
      {[...places].map(([condition, place]) => (
        <label key={condition} className="check">
          <input type="checkbox" checked={!hidden.has(condition)} onChange={() => toggle(condition)} />
          <svg className="swatch" viewBox="0 0 28 10" aria-hidden="true">
            <line
              className={`curve c${place % chartColours}`}
              strokeDasharray={dashes[place % dashes.length]?.join(' ')}
              x1="1"
              x2="27"
              y1="5"
              y2="5"
            />
          </svg>
          {condition}
        </label>
      ))}
    </fieldset>
  )
}
