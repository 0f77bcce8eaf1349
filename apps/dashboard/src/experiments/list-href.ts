import { defaultStringifySearch } from '@tanstack/react-router'
import type { ExperimentFilter } from './experiment-filter.ts'

/** The address of the list with a filter. */
export function listHref(filter: ExperimentFilter): string {
  return `/experiments${defaultStringifySearch(filter)}`
}
