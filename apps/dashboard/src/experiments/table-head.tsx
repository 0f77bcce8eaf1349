import type { ExperimentSort } from '@goalpost/contracts'
import { directionOf, headings, nextSort } from './sort-headings.ts'
import type { Choice } from './use-choice.ts'

export type Sorting = { readonly sort: ExperimentSort; readonly setSort: (sort: ExperimentSort) => void }

type Props = Sorting & {
  /** Null if the key may change nothing. */
  readonly choice: Choice | null
}

const arrows = { ascending: '↑', descending: '↓', none: '' } as const

/** The headings, as buttons that sort; in the first, a box that chooses all rows. */
export function TableHead({ sort, setSort, choice }: Props) {
  return (
    <div role="rowgroup">
      <div role="row" className="list-head" aria-rowindex={1}>
        {headings.map((heading, index) => {
          const direction = directionOf(heading, sort)
          return (
            <span role="columnheader" key={heading.title} aria-sort={direction}>
              {index === 0 && choice !== null && <ChooseAll choice={choice} />}
              <button type="button" className="heading-button" onClick={() => setSort(nextSort(heading, sort))}>
                {heading.title} <span aria-hidden="true">{arrows[direction]}</span>
              </button>
            </span>
          )
        })}
      </div>
    </div>
  )
}

function ChooseAll({ choice: { isAll, chosen, chooseAll, clear } }: { readonly choice: Choice }) {
  return (
    <input
      type="checkbox"
      aria-label="Choose all experiments that are shown"
      checked={isAll}
      ref={(box) => {
        if (box !== null) box.indeterminate = !isAll && chosen.length > 0
      }}
      onChange={() => (isAll ? clear() : chooseAll())}
    />
  )
}
