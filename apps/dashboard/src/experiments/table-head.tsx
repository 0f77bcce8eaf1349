import type { ExperimentSort } from '@goalpost/contracts'
import { directionOf, headings, nextSort } from './sort-headings.ts'

export type Sorting = { readonly sort: ExperimentSort; readonly setSort: (sort: ExperimentSort) => void }

const arrows = { ascending: '↑', descending: '↓', none: '' } as const

/** The headings, as buttons that sort. */
export function TableHead({ sort, setSort }: Sorting) {
  return (
    <div role="rowgroup">
      <div role="row" className="list-head" aria-rowindex={1}>
        {headings.map((heading) => {
          const direction = directionOf(heading, sort)
          return (
            <span role="columnheader" key={heading.title} aria-sort={direction}>
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
