import type { SampleFile } from '@goalpost/contracts'
import type { SampleView } from './sample-view.ts'

type Props = {
  readonly file: SampleFile
  readonly view: SampleView
  readonly onShow: (change: Partial<SampleView>) => void
}

/** Which samples are read, and which come first. */
export function SampleChoices({ file: { numbers, samples }, view, onShow }: Props) {
  const groups = [...new Set(samples.map(({ group }) => group))]
  return (
    <div className="choices">
      <label className="field">
        Kind
        <select value={view.group ?? ''} onChange={({ target }) => onShow({ group: target.value, sample: 0 })}>
          <option value="">all</option>
          {groups.map((group) => (
            <option key={group}>{group}</option>
          ))}
        </select>
      </label>
      <label className="field">
        Sort by, largest first
        <select value={view.by ?? 0} onChange={({ target }) => onShow({ by: Number(target.value), sample: 0 })}>
          {numbers.map((name, index) => (
            <option key={name} value={index}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
