import type { SavedFilter } from '@goalpost/contracts'
import { parseExperimentFilter, queryOf, type ExperimentFilter } from './experiment-filter.ts'

/** A saved filter as the list's address has it. */
export function viewOf({ filter }: Pick<SavedFilter, 'filter'>): ExperimentFilter {
  const { createdAfter, createdBefore, createdBy, archived, ...rest } = filter
  return parseExperimentFilter({
    ...rest,
    ...(createdBy === undefined ? {} : { owner: createdBy }),
    ...(createdAfter === undefined ? {} : { from: createdAfter }),
    ...(createdBefore === undefined ? {} : { to: createdBefore }),
    ...(archived === 'exclude' ? {} : { archived }),
  })
}

/** E.g. `Saved by ann.` */
export function savedBy({ createdBy }: Pick<SavedFilter, 'createdBy'>): string {
  return createdBy === null ? 'Saved by the service.' : `Saved by ${createdBy}.`
}

/** The filter as it is saved; the order is the reader's own. */
export function savedOf(view: ExperimentFilter): Omit<ReturnType<typeof queryOf>, 'sort' | 'cursor' | 'limit'> {
  const { sort: _sort, cursor: _cursor, limit: _limit, ...filter } = queryOf(view)
  return filter
}

/** Whether two addresses choose the same experiments. */
export const isSameView = (a: ExperimentFilter, b: ExperimentFilter): boolean => textOf(a) === textOf(b)

/** Whatever the order of the filters, and however their times are written. */
function textOf(view: ExperimentFilter): string {
  const entries = Object.entries(savedOf(view)).toSorted(([a], [b]) => a.localeCompare(b))
  return JSON.stringify(entries.map(([name, value]) => [name, times.has(name) ? Date.parse(String(value)) : value]))
}

const times: ReadonlySet<string> = new Set(['createdAfter', 'createdBefore'])
