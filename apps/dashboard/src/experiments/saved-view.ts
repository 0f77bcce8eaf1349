import type { SavedFilter } from '@goalpost/contracts'
import { parseExperimentFilter, queryOf, type ExperimentFilter } from './experiment-filter.ts'

/** A saved filter as the list's address has it. Times become the days on which they are, in the reader's time zone. */
export function viewOf({ filter }: Pick<SavedFilter, 'filter'>): ExperimentFilter {
  const { createdAfter, createdBefore, createdBy, archived, ...rest } = filter
  return parseExperimentFilter({
    ...rest,
    ...(createdBy === undefined ? {} : { owner: createdBy }),
    ...(createdAfter === undefined ? {} : { from: dayOf(new Date(createdAfter)) }),
    // The end is not included.
    ...(createdBefore === undefined ? {} : { to: dayOf(new Date(Date.parse(createdBefore) - 1)) }),
    ...(archived === 'exclude' ? {} : { archived }),
  })
}

/** The filter as it is saved; the order is the reader's own. */
export function savedOf(view: ExperimentFilter): Omit<ReturnType<typeof queryOf>, 'sort' | 'cursor' | 'limit'> {
  const { sort: _sort, cursor: _cursor, limit: _limit, ...filter } = queryOf(view)
  return filter
}

/** E.g. `2026-11-29`, in the reader's time zone. */
function dayOf(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Whether two addresses choose the same experiments. */
export const isSameView = (a: ExperimentFilter, b: ExperimentFilter): boolean => textOf(a) === textOf(b)

/** Whatever the order of the filters. */
const textOf = (view: ExperimentFilter): string =>
  JSON.stringify(Object.entries(savedOf(view)).toSorted(([a], [b]) => a.localeCompare(b)))
