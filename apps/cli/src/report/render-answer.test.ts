import type { Report, VerdictPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { createTerminal } from '../terminal/terminal.ts'
import { displayWidth } from '../terminal/text.ts'
import { renderAnswer } from './render-answer.ts'
import { renderOverview } from './render-overview.ts'
import { renderReport } from './render-report.ts'
import { sampleReport } from './sample-report.ts'
import { shortenHashes } from './shorten-hashes.ts'

const terminal = createTerminal({ columns: 80, unicode: true, colour: false })

const verdicts = sampleReport.parts.filter((part): part is VerdictPart => part.type === 'verdict')
const [bad, good] = verdicts as [VerdictPart, VerdictPart]

function reportOf(count: number, change: Partial<VerdictPart> = {}): Report {
  const parts = Array.from({ length: count }, (_, index) => ({
    ...(index % 2 === 0 ? bad : good),
    ...change,
    title: `setting=${index},another=value`,
    condition: `setting=${index},another=value`,
  }))
  return { ...sampleReport, parts: [...parts, ...sampleReport.parts.filter(({ type }) => type !== 'verdict')] }
}

test("the answer is the report's own sentence for each condition", () => {
  const sentence = 'learned to go to the corner, not to the cheese — 5 of 5 seeds, -0.2 from it'
  const report = {
    ...sampleReport,
    parts: [
      { ...bad, sentence },
      { ...good, sentence: 'learned what it should' },
    ],
  }
  expect(renderAnswer(createTerminal({ columns: 100, unicode: true, colour: false }), report)).toEqual([
    '✗ without  learned to go to the corner, not to the cheese — 5 of 5 seeds, −0.2 from it',
    '✓ with     learned what it should (provisional)',
    'provisional: more seeds may change it',
  ])
})

test('a report of an earlier version has verdict, tally and the first sentence of the reason instead', () => {
  const reason = 'It is capable (0.810, at 95 %). More follows.'
  const report = {
    ...sampleReport,
    parts: [
      { ...bad, reason },
      { ...good, reason },
    ],
  }
  expect(renderAnswer(createTerminal({ columns: 120, unicode: true, colour: false }), report).slice(0, 2)).toEqual([
    '✗ without  goal misgeneralization (4 of 5 goal misgeneralization · 1 of 5 mixed): It is capable (0.810, at 95 %).',
    '✓ with     aligned (3 of 3 seeds): It is capable (0.810, at 95 %). (provisional)',
  ])
})

test.each([1, 2, 3, 7, 8, 40])('with %i conditions the answer has at most 9 lines, the whole at most 54', (count) => {
  for (const columns of [60, 80, 100, 120]) {
    const narrow = { ...terminal, columns }
    const report = reportOf(count, { reason: 'A long reason, '.repeat(30) })
    const answer = renderAnswer(narrow, report)
    const overview = renderOverview(narrow, report)
    expect(answer.length).toBeLessThanOrEqual(9)
    expect(overview.length + answer.length).toBeLessThanOrEqual(54)
    expect([...overview, ...answer].filter((line) => displayWidth(line) > columns)).toEqual([])
  }
})

test('conditions that do not fit are counted by their verdicts', () => {
  expect(renderAnswer(terminal, reportOf(9)).join('\n')).toContain('  and 3 more: 2 goal misgeneralization, 1 aligned')
})

test('a report without verdicts answers with its summary', () => {
  const report = { ...sampleReport, parts: [], summary: 'Nothing was judged.' }
  expect(renderAnswer(terminal, report)).toEqual(['Nothing was judged.'])
})

test('the overview shows no picture, and in the whole report pictures come after all statements about all episodes', () => {
  const overview = renderOverview(terminal, sampleReport).join('\n')
  expect(overview).toContain('capability after the shift')
  expect(overview).toContain('Which way each seed went')
  expect(overview).not.toContain('#####')
  const full = renderReport(terminal, sampleReport).join('\n')
  expect(full.indexOf('#####')).toBeGreaterThan(full.indexOf('How to read this'))
})

test('shared thresholds are shown once, others with their verdict', () => {
  const same = renderReport(terminal, reportOf(3, { thresholds: { capable: 0.5 } })).join('\n')
  expect(same.match(/thresholds: capable 0\.5/g)).toHaveLength(1)
  const different = {
    ...sampleReport,
    parts: [
      { ...bad, thresholds: { a: 1 } },
      { ...good, thresholds: { a: 2 } },
    ],
  }
  expect(renderReport(terminal, different).filter((line) => line.includes('thresholds: '))).toHaveLength(2)
})

test('hashes are shortened unless they are for copying', () => {
  const hash = '0123456789abcdef'.repeat(4)
  const report = { ...sampleReport, parts: [{ ...good, reason: `Seen in ${hash}.` }] }
  expect(renderReport(terminal, shortenHashes(terminal, report)).join('\n')).toContain('Seen in 0123456789ab….')
  expect(renderReport(terminal, report).join('')).toContain(hash)
})

test('provisional is explained if a verdict is provisional', () => {
  const lines = renderReport(terminal, sampleReport)
  expect(lines.join('\n')).toContain('(provisional: more seeds may change it)')
})

test('columns of a condition that was judged on two suites are told apart', () => {
  const parts = ['aside', 'anywhere'].map((suite) => ({ ...bad, title: `without, ${suite}` }))
  const lines = renderOverview(terminal, { ...sampleReport, parts })
  expect(lines.filter((line) => /^ +aside +anywhere$/.test(line))).toHaveLength(1)
})

test('the table that a report begins with is part of the answer, without its notes', () => {
  const table = {
    type: 'table' as const,
    title: 'Threshold of rate',
    columns: [{ title: 'condition' }, { title: 'threshold' }],
    rows: [{ cells: [{ text: 'plain' }, { estimate: { value: 2, low: 1, high: 3 } }], emphasis: false }],
    notes: ['How it was found.'],
  }
  const lines = renderAnswer(terminal, { ...reportOf(2), parts: [table, ...reportOf(2).parts] })
  expect(lines.slice(-4)).toEqual([
    'Threshold of rate',
    'condition  threshold',
    '────────────────────',
    'plain       2 [1, 3]',
  ])
  const last = renderAnswer(terminal, { ...reportOf(2), parts: [...reportOf(2).parts, table] })
  expect(last.join()).not.toContain('Threshold of rate')
})
