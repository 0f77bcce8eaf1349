import {
  experimentFilter,
  experimentSort,
  experimentState,
  type ExperimentQuery,
  type ExperimentSort,
  type ExperimentState,
} from '@goalpost/contracts'

/** The list's filter and order, as in the page's address. */
export type ExperimentFilter = {
  readonly search?: string
  readonly state?: ExperimentState
  readonly verdict?: string
  readonly label?: string
  readonly protocol?: string
  /** Part of the name. */
  readonly name?: string
  /** The whole name. */
  readonly named?: string
  /** The name of the key that submitted it. */
  readonly owner?: string
  /** Created at this time or later, e.g. `2026-11-28T23:00:00.000Z`. */
  readonly from?: string
  /** Created before this time. */
  readonly to?: string
  readonly archived?: 'include' | 'only'
  readonly sort?: ExperimentSort
}

/**
 * Ignores what it does not know, as people edit addresses. `from` and `to` may be days in the reader's time zone, both
 * included.
 */
export function parseExperimentFilter(search: Readonly<Record<string, unknown>>): ExperimentFilter {
  const state = experimentState.safeParse(search['state'])
  const sort = experimentSort.safeParse(search['sort'])
  return {
    ...textOf(search, 'search'),
    ...(state.success ? { state: state.data } : {}),
    ...textOf(search, 'verdict'),
    ...textOf(search, 'label'),
    ...textOf(search, 'protocol'),
    ...textOf(search, 'name'),
    ...textOf(search, 'named'),
    ...textOf(search, 'owner'),
    ...timeOf(search, 'from'),
    ...timeOf(search, 'to'),
    ...(search['archived'] === 'include' || search['archived'] === 'only' ? { archived: search['archived'] } : {}),
    ...(sort.success ? { sort: sort.data } : {}),
  }
}

/** The filter as the API takes it. */
export function queryOf({ from, to, owner, ...rest }: ExperimentFilter): ExperimentQuery {
  return {
    ...rest,
    ...(owner === undefined ? {} : { createdBy: owner }),
    ...(from === undefined ? {} : { createdAfter: from }),
    ...(to === undefined ? {} : { createdBefore: to }),
  }
}

/** The first day of a span and its last, e.g. `2026-11-29`, in the reader's time zone. The end is not in the span. */
export function daysOf({ from, to }: Pick<ExperimentFilter, 'from' | 'to'>) {
  return {
    first: from === undefined ? '' : dayOf(new Date(from)),
    last: to === undefined ? '' : dayOf(new Date(Date.parse(to) - 1)),
  }
}

function dayOf(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Midnight that begins a day, or a later one. */
function dayStart(day: string, later: number): string {
  const date = new Date(`${day}T00:00:00`)
  date.setDate(date.getDate() + later)
  return date.toISOString()
}

const isoTime = experimentFilter.shape.createdAfter.unwrap()

function timeOf<Name extends 'from' | 'to'>(
  search: Readonly<Record<string, unknown>>,
  name: Name,
): Partial<Record<Name, string>> {
  const given = search[name]
  if (typeof given !== 'string') return {}
  if (isoTime.safeParse(given).success) return { [name]: given } as Record<Name, string>
  const isDay = /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given))
  return isDay ? ({ [name]: dayStart(given, name === 'from' ? 0 : 1) } as Record<Name, string>) : {}
}

function textOf<Name extends string>(
  search: Readonly<Record<string, unknown>>,
  name: Name,
): Partial<Record<Name, string>> {
  const value = search[name]
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' ? ({ [name]: text } as Record<Name, string>) : {}
}
