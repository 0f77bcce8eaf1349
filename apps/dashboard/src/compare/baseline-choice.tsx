import type { Side } from './use-compared.ts'

type Props = {
  readonly sides: readonly Side[]
  /** As in the page's address; undefined for the first condition. */
  readonly baseline: string | undefined
  readonly onChoose: (arm: string) => void
}

/** Which of the compared conditions the others are compared with. */
export function BaselineChoice({ sides, baseline = sides[0]?.arm, onChoose }: Props) {
  if (sides.length < 2) return null
  const isKnown = sides.some(({ arm }) => arm === baseline)
  return (
    <div className="choices baseline">
      <label className="field">
        Baseline
        <select value={isKnown ? baseline : ''} onChange={({ target }) => onChoose(target.value)}>
          {!isKnown && <option value="">none of these</option>}
          {sides.map(({ arm, name }) => (
            <option key={arm} value={arm}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p className="note">Differences are those of the other conditions to this one.</p>
    </div>
  )
}

/** In the order of the report. */
export function baselineFirst(sides: readonly Side[], baseline: string | undefined): readonly Side[] {
  return sides.toSorted((a, b) => Number(b.arm === baseline) - Number(a.arm === baseline))
}
