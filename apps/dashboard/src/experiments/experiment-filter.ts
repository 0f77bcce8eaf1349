import {
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
  /** The name of the key that submitted it. */
  readonly owner?: string
  /** Days in the reader's time zone, e.g. `2026-11-29`, both included. */
  readonly from?: string
  readonly to?: string
  readonly archived?: 'include' | 'only'
  readonly sort?: ExperimentSort
}

/** Ignores what it does not know, as people edit addresses. */
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
    ...textOf(search, 'owner'),
    ...dayOf(search, 'from'),
    ...dayOf(search, 'to'),
    ...(search['archived'] === 'include' || search['archived'] === 'only' ? { archived: search['archived'] } : {}),
    ...(sort.success ? { sort: sort.data } : {}),
  }
}

/** The filter as the API takes it. */
export function queryOf({ from, to, owner, ...rest }: ExperimentFilter): ExperimentQuery {
  return {
    ...rest,
    ...(owner === undefined ? {} : { createdBy: owner }),
    ...(from === undefined ? {} : { createdAfter: dayStart(from, 0) }),
    ...(to === undefined ? {} : { createdBefore: dayStart(to, 1) }),
  }
}

/** Midnight that begins a day, or a later one. */
function dayStart(day: string, later: number): string {
  const date = new Date(`${day}T00:00:00`)
  date.setDate(date.getDate() + later)
  return date.toISOString()
}

function dayOf<Name extends 'from' | 'to'>(
  search: Readonly<Record<string, unknown>>,
  name: Name,
): Partial<Record<Name, string>> {
  const day = search[name]
  const isDay = typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day))
  return isDay ? ({ [name]: day } as Record<Name, string>) : {}
}

function textOf<Name extends string>(
  search: Readonly<Record<string, unknown>>,
  name: Name,
): Partial<Record<Name, string>> {
  const value = search[name]
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' ? ({ [name]: text } as Record<Name, string>) : {}
}
