import type { RunView } from '@goalpost/contracts'
import type { ShownSuites } from './condition-suites.ts'
import { PolicyChoice } from './policy-choice.tsx'
import type { ReplayView } from './replay-view.ts'

type Props = {
  readonly runs: readonly RunView[]
  readonly suites: ShownSuites
  readonly view: ReplayView
  readonly onShow: (change: Partial<ReplayView>) => void
}

/** Whose episodes are shown, on which levels, beside which others, and one episode or all. */
export function ReplayChoices({ runs, suites: { names, main, beside }, view, onShow }: Props) {
  const isOverlay = view.overlay === true
  return (
    <div className="choices">
      <PolicyChoice runs={runs} view={view} onShow={onShow} />
      {names.length > 0 && (
        <label className="suite">
          Levels
          <select value={main} onChange={({ target }) => onShow({ suite: target.value, episode: 0, step: 0 })}>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      {names.length > 1 && (
        <label className="suite">
          Beside them
          <select value={beside ?? 'none'} onChange={({ target }) => onShow({ beside: target.value })}>
            <option value="none">nothing</option>
            {names
              .filter((name) => name !== main)
              .map((name) => (
                <option key={name}>{name}</option>
              ))}
          </select>
        </label>
      )}
      <fieldset className="segments">
        <legend className="visually-hidden">What is drawn</legend>
        <label className="check">
          <input type="radio" name="drawn" checked={!isOverlay} onChange={() => onShow({ overlay: false })} /> One
          episode
        </label>
        <label className="check">
          <input type="radio" name="drawn" checked={isOverlay} onChange={() => onShow({ overlay: true })} /> All
          episodes in one picture
        </label>
      </fieldset>
    </div>
  )
}
