import type { VerdictView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { presentTrend } from './present-trend.ts'

const verdict = (title: string, name: string): VerdictView => ({
  title,
  condition: title,
  name,
  tone: 'good',
  sentence: `${title} is ${name}`,
  goal: null,
  provisional: false,
  agreeing: 1,
  total: 1,
  numbers: [],
})

const night = (day: number, ...verdicts: VerdictView[]) => ({ id: `${day}`, createdAt: `day ${day}`, verdicts })

test('each title has a line, the newest report first, with a point for each experiment that has it', () => {
  const experiments = [
    night(1, verdict('old', 'poor'), verdict('dark', 'fine')),
    night(2, verdict('dark', 'poor')),
    night(3, verdict('new', 'fine'), verdict('dark', 'fine')),
  ]
  const view = presentTrend('nightly', { experiments, leftOut: true })
  expect(view).toMatchObject({ name: 'nightly', leftOut: true, experiments: [{ id: '1' }, { id: '2' }, { id: '3' }] })
  const summary = view.lines.map(({ title, points }) => [
    title,
    points.map(({ experimentId, name }) => `${experimentId} ${name}`),
  ])
  expect(summary).toEqual([
    ['new', ['3 fine']],
    ['dark', ['1 fine', '2 poor', '3 fine']],
    ['old', ['1 poor']],
  ])
})

test('without experiments there are no lines', () => {
  expect(presentTrend('nightly', { experiments: [], leftOut: false }).lines).toEqual([])
})
