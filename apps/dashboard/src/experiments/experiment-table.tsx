import type { ExperimentSummary } from '@goalpost/contracts'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { ExperimentRow } from './experiment-row.tsx'
import { TableHead, type Sorting } from './table-head.tsx'
import type { Choice } from './use-choice.ts'

type Props = {
  readonly experiments: readonly ExperimentSummary[]
  /** Null if the key may change nothing. */
  readonly choice: Choice | null
  /** Null if there is no more, or it is being loaded. */
  readonly loadMore: (() => void) | null
  /** Told which rows are in view, from the first to the last. */
  readonly show: (first: number, last: number) => void
  readonly sorting: Sorting
}

const rowsAhead = 20

/** Only visible rows are in the document, so that 100,000 scroll as well as ten. */
export function ExperimentTable({ experiments, choice, loadMore, show, sorting }: Props) {
  const { body, rows, visible, margin } = useVisibleRows(experiments)
  const first = visible[0]?.index ?? 0
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => show(first, last), [show, first, last])
  useEffect(() => {
    if (last >= experiments.length - rowsAhead) loadMore?.()
  }, [last, experiments.length, loadMore])
  return (
    <div role="table" aria-label="Experiments" aria-rowcount={experiments.length + 1} className="list">
      <TableHead {...sorting} choice={choice} />
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
              <ExperimentRow
                experiment={experiment}
                isChosen={choice?.has(experiment.id) ?? false}
                toggle={choice?.toggle ?? null}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Until the first rows are laid out. */
const estimatedRowPixels = 64

/** The rows in view and their places. */
function useVisibleRows(experiments: readonly ExperimentSummary[]) {
  const body = useRef<HTMLDivElement>(null)
  // The same function while the list is the same: with another one, the virtualizer forgets all places.
  const getItemKey = useCallback((index: number) => experiments[index]?.id ?? index, [experiments])
  const typicalPixels = useTypicalHeight(body)
  const estimateSize = useCallback(() => typicalPixels.current ?? estimatedRowPixels, [typicalPixels])
  const rows = useWindowVirtualizer({
    count: experiments.length,
    estimateSize,
    getItemKey,
    // Few, as they are drawn before the first rows appear; while a list is scrolled, rows are drawn before the frame is.
    overscan: 5,
    // Known before the window is watched: otherwise the first rows are drawn only after the page has been laid out without them.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    scrollMargin: body.current?.offsetTop ?? 0,
  })
  return { body, rows, visible: rows.getVirtualItems(), margin: rows.options.scrollMargin }
}

/**
 * The median height of the first rows, for those that have not been in view: a row of another height has the virtualizer
 * compute the place of each later one.
 */
function useTypicalHeight(body: RefObject<HTMLElement | null>): RefObject<number | null> {
  const typical = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (typical.current !== null || body.current === null) return
    const heights = Array.from(body.current.children, (row) => (row as HTMLElement).offsetHeight)
    typical.current = heights.toSorted((a, b) => a - b)[heights.length >> 1] ?? null
  })
  return typical
}
