import type { ExperimentSummary } from '@goalpost/contracts'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { ExperimentRow } from './experiment-row.tsx'
import type { Choice } from './use-choice.ts'

type Props = {
  readonly experiments: readonly ExperimentSummary[]
  /** Null if the key may change nothing. */
  readonly choice: Choice | null
  /** Null if there is no more, or it is being loaded. */
  readonly loadMore: (() => void) | null
}

const estimatedRowPixels = 64
const rowsAhead = 20

/** Only visible rows are in the document, so that 100,000 scroll as well as ten. */
export function ExperimentTable({ experiments, choice, loadMore }: Props) {
  const body = useRef<HTMLDivElement>(null)
  const rows = useWindowVirtualizer({
    count: experiments.length,
    estimateSize: () => estimatedRowPixels,
    getItemKey: (index) => experiments[index]?.id ?? index,
    overscan: 10,
    scrollMargin: body.current?.offsetTop ?? 0,
  })
  const visible = rows.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= experiments.length - rowsAhead) loadMore?.()
  }, [last, experiments.length, loadMore])
  const margin = rows.options.scrollMargin
  return (
    <div role="table" aria-label="Experiments" aria-rowcount={experiments.length + 1} className="list">
      <div role="rowgroup">
        <div role="row" className="list-head" aria-rowindex={1}>
          {['Experiment', 'State', 'Verdicts', 'Updated'].map((title) => (
            <span role="columnheader" key={title}>
              {title}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={body} className="list-body" style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, key, start }) => {
          const experiment = experiments[index]
          if (experiment === undefined) return null
          return (
            <div
              role="row"
              key={key}
              data-index={index}
              ref={rows.measureElement}
              aria-rowindex={index + 2}
              className="list-row"
              style={{ transform: `translateY(${start - margin}px)` }}
            >
              <ExperimentRow experiment={experiment} choice={choice} />
            </div>
          )
        })}
      </div>
    </div>
  )
}
