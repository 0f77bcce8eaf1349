import type { RunView } from '@goalpost/contracts'
import type { ReplayView } from './replay-view.ts'

type Props = {
  readonly runs: readonly RunView[]
  readonly view: ReplayView
  readonly onShow: (change: Partial<ReplayView>) => void
}

/** Whose episodes are shown: another condition at the same seed, or another seed, without leaving the page. */
export function PolicyChoice({ runs, view, onShow }: Props) {
  const ended = runs.filter(({ state }) => state === 'succeeded')
  const conditions = [...new Set(ended.map(({ condition }) => condition))]
  const seedsOf = (condition: string) => ended.filter((run) => run.condition === condition).map(({ seed }) => seed)
  const show = (condition: string): void => {
    const seeds = seedsOf(condition)
    const seed = seeds.includes(view.seed) ? view.seed : (seeds[0] ?? view.seed)
    onShow({ condition, seed, episode: 0, step: 0 })
  }
  return (
    <>
      <label className="suite">
        Condition
        <select value={view.condition} onChange={({ target }) => show(target.value)}>
          {including(conditions, view.condition).map((condition) => (
            <option key={condition}>{condition}</option>
          ))}
        </select>
      </label>
      <label className="suite">
        Seed
        <select
          value={view.seed}
          onChange={({ target }) => onShow({ seed: Number(target.value), episode: 0, step: 0 })}
        >
          {including(seedsOf(view.condition), view.seed).map((seed) => (
            <option key={seed}>{seed}</option>
          ))}
        </select>
      </label>
    </>
  )
}

/** An address may name what has not ended, or what there is not. */
const including = <Value,>(values: readonly Value[], shown: Value): readonly Value[] =>
  values.includes(shown) ? values : [shown, ...values]
