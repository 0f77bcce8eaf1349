import type { ExperimentSummary } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { daysOf, parseExperimentFilter, queryOf } from './experiment-filter.ts'
import { parseLabelChange } from './label-change.ts'
import { actionsFor } from './possible-actions.ts'
import { isSameView, savedOf, viewOf } from './saved-view.ts'
import { withStanding } from './with-standing.ts'

const experiment = (state: ExperimentSummary['state'], given: Partial<ExperimentSummary> = {}) =>
  ({ state, archivedAt: null, pausedAt: null, ...given }) as ExperimentSummary

const then = '2026-01-01T00:00:00Z'

test('a paused experiment can be resumed, and others paused', () => {
  const paused = experiment('waiting', { pausedAt: then })
  expect(actionsFor([paused])).toEqual(['resume', 'cancel'])
  expect(actionsFor([paused, experiment('running')])).toEqual(['cancel'])
  expect(actionsFor([experiment('failed')])).toEqual(['retry', 'archive'])
})

test('only what all chosen experiments allow is offered', () => {
  expect(actionsFor([])).toEqual([])
  expect(actionsFor([experiment('running'), experiment('waiting')])).toEqual(['pause', 'cancel'])
  expect(actionsFor([experiment('failed'), experiment('cancelled')])).toEqual(['retry', 'archive'])
  expect(actionsFor([experiment('running'), experiment('failed')])).toEqual([])
  expect(actionsFor([experiment('succeeded', { archivedAt: then })])).toEqual(['unarchive'])
})

test('days of a filter are both included, and become exact times of the reader', () => {
  const view = parseExperimentFilter({ from: '2026-11-28', to: '2026-11-29' })
  const { createdAfter = '', createdBefore = '' } = queryOf(view)
  expect(createdAfter).toBe(new Date(2026, 10, 28).toISOString())
  expect(createdBefore).toBe(new Date(2026, 10, 30).toISOString())
  expect(daysOf(view)).toEqual({ first: '2026-11-28', last: '2026-11-29' })
  expect(daysOf({})).toEqual({ first: '', last: '' })
})

test('an edited address is read as far as it makes sense', () => {
  const given = { from: 'yesterday', to: '2026-11-29', archived: 'maybe', state: 'odd' }
  expect(parseExperimentFilter(given)).toEqual({ to: new Date(2026, 10, 30).toISOString() })
  expect(parseExperimentFilter({ from: '2026-11-31T25:00:00Z' })).toEqual({})
})

test('a view in the address has its owner and order', () => {
  const view = { owner: 'ann', sort: 'name' } as const
  expect(parseExperimentFilter(view)).toEqual(view)
  expect(queryOf(view)).toEqual({ createdBy: 'ann', sort: 'name' })
  expect(parseExperimentFilter({ sort: 'luck' })).toEqual({})
})

test('a saved view shows what was saved: its exact times, owner and everything else', () => {
  const view = {
    search: 'maze',
    state: 'failed',
    verdict: 'aligned',
    label: 'team=x',
    protocol: 'p',
    name: 'n',
    named: 'north',
    owner: 'ann',
    from: '2026-11-28T09:30:00Z',
    to: '2026-11-29T17:45:12.500Z',
    archived: 'include',
  } as const
  const saved = savedOf({ ...view, sort: 'name' })
  expect(saved).not.toHaveProperty('sort')
  expect(saved).toMatchObject({ createdAfter: view.from, createdBefore: view.to })
  expect(viewOf({ filter: { archived: 'exclude', ...saved } })).toEqual(view)
  expect(viewOf({ filter: { archived: 'exclude' } })).toEqual({})
})

test('a view is recognized whatever the order of its filters and of the list', () => {
  expect(isSameView({ owner: 'ann', label: 'x', sort: 'name' }, { label: 'x', owner: 'ann' })).toBe(true)
  expect(isSameView({ owner: 'ann' }, {})).toBe(false)
  const from = '2026-11-28T09:30:00Z'
  expect(isSameView({ from }, { from: '2026-11-28T09:30:00.000Z' })).toBe(true)
  expect(isSameView({ from }, { from: '2026-11-28T09:30:01Z' })).toBe(false)
})

test('a label is set, or removed by its name alone', () => {
  expect(parseLabelChange(' team = alignment=2 ')).toEqual({ set: { team: 'alignment=2' } })
  expect(parseLabelChange('team')).toEqual({ set: {}, remove: ['team'] })
  expect(parseLabelChange(' =x')).toBeNull()
})

test('progress changes its row unless the list is newer already', () => {
  const row = { ...experiment('running'), id: 'a', revision: 4 }
  const pages = [{ items: [row, { ...row, id: 'b' }] }]
  const tasks = { ...row.tasks, running: 2 }
  const standing = (revision: number) =>
    ({ experimentId: 'a', revision, state: 'running', tasks, updatedAt: '2026-01-01T00:00:00Z' }) as const
  expect(withStanding(pages, standing(5))[0]?.items.map(({ revision }) => revision)).toEqual([5, 4])
  expect(withStanding(pages, standing(4))).toBe(pages)
})
