import { defaultParseSearch } from '@tanstack/react-router'
import { expect, test } from 'vitest'
import { parseExperimentFilter, type ExperimentFilter } from './experiment-filter.ts'
import { listHref } from './list-href.ts'

test.each([{ label: 'team=a&b #1' }, { owner: '42' }, { owner: 'true' }, { verdict: 'goal-misgeneralization' }])(
  'the address of a filter is read as that filter: %o',
  (filter: ExperimentFilter) => {
    const { pathname, search } = new URL(listHref(filter), 'http://service.example')
    expect(pathname).toBe('/experiments')
    expect(parseExperimentFilter(defaultParseSearch(search))).toEqual(filter)
  },
)
