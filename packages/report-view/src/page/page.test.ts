import type { Manifest, Report, ReportPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { renderReportPage } from './page.ts'
import type { PageSubject } from './page-subject.ts'

const machine: Manifest = {
  codeRevision: 'c0ffee',
  packages: { '@goalpost/engine': '0.1.0' },
  engine: null,
  node: '24.0.0',
  host: 'a',
  cpu: { model: 'Some processor', features: ['avx2'] },
  wallMs: 1,
}

function pageOf(parts: readonly ReportPart[], report: Partial<Report> = {}): string {
  return renderReportPage(subjectOf({ title: 'Title', summary: 'Summary.', parts: [...parts], ...report }))
}

function subjectOf(report: Report | null): PageSubject {
  return {
    experiment: {
      id: '019a0000-0000-7000-8000-000000000000',
      name: 'my experiment',
      state: 'running',
      createdAt: '2026-01-01T00:00:00Z',
      runs: [],
      spec: { sent: 'as is' },
      resolved: {
        apiVersion: 'goalpost/v1',
        protocol: 'some-protocol',
        protocolVersion: '3',
        name: 'my experiment',
        labels: {},
        seeds: [0, 1, 2],
        conditions: [],
        resources: { engine: 'auto', device: 'cpu', threads: 1 } as never,
        priority: 0,
        fresh: false,
      },
    },
    results: { status: 'partial', report, resultHash: null },
    manifests: [{ tasks: 7, manifest: machine }],
  }
}

const axes = { x: { title: 'steps', scale: 'linear' as const }, y: { title: 'loss', scale: 'linear' as const } }
const line = (name: string, values: readonly number[]) => ({
  name,
  style: 'solid' as const,
  points: values.map((value, x) => ({ x, y: { value, low: value - 1, high: value + 1 } })),
})

/** Counts occurrences in the body only: the style sheet names the same classes. */
function count(page: string, text: string): number {
  return page.slice(page.indexOf('<body>')).split(text).length - 1
}

/** Curves are drawn twice: for wide and for narrow screens. */
const onWide = (page: string) => page.replaceAll(/<svg class="plot on-narrow"[^]*?<\/svg>/g, '')

test('a page is self-contained: no scripts, no addresses except its own', () => {
  const page = pageOf([
    { type: 'series', title: 'Curve', ...axes, lines: [line('one', [1, 2, 3])], references: [] },
    {
      type: 'picture',
      title: 'P',
      lines: ['#'],
      svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      movingSvg: '<svg xmlns="http://www.w3.org/2000/svg"><style/></svg>',
      caption: '',
    },
  ])
  expect(page).toMatch(/^<!doctype html>/)
  expect(page).not.toMatch(/<script|<link|@import|url\(/)
  for (const [, address] of page.matchAll(/src="([^"]*)"/g)) expect(address).toMatch(/^data:image\/svg\+xml,/)
  for (const [, address] of page.matchAll(/href="([^"]*)"/g)) expect(address).toMatch(/^#/)
  expect(page).toContain('default-src &#x27;none&#x27;')
})

test('text from elsewhere is escaped everywhere', () => {
  const evil = `"'><script>alert(1)</script>&`
  const page = pageOf(
    [
      { type: 'text', title: evil, paragraphs: [evil] },
      {
        type: 'table',
        title: evil,
        columns: [{ title: evil, unit: evil, help: evil }],
        rows: [{ cells: [{ text: evil }], emphasis: true }],
        notes: [evil],
      },
      { type: 'series', title: evil, ...axes, lines: [line(evil, [1, 2])], references: [{ name: evil, y: 1 }] },
      {
        type: 'heatmap',
        title: evil,
        values: [[1, { missing: evil }]],
        unit: evil,
        rows: { title: evil, labels: [evil] },
      },
      { type: 'picture', title: evil, lines: [evil], svg: `<svg>${evil}</svg>`, caption: evil },
      {
        type: 'distribution',
        title: evil,
        axis: { title: evil },
        groups: [{ name: evil, values: [{ name: evil, value: 1 }] }],
        references: [{ name: evil, value: 2 }],
        notes: [evil],
      },
      {
        type: 'verdict',
        title: evil,
        condition: evil,
        verdict: evil,
        tone: 'bad',
        provisional: true,
        reason: evil,
        tally: { [evil]: 1 },
        numbers: [{ name: evil, estimate: { value: { missing: evil } }, help: evil }],
        thresholds: { [evil]: 1 },
      },
    ],
    { title: evil, summary: evil },
  )
  expect(page).not.toContain('<script')
  expect(page).not.toContain(`"'>`)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;')
})

test('the reason for a missing number is a sentence that can wrap', () => {
  const missing = 'proxy-oracle (2.326) and true-oracle (2.326) are closer than 0.1'
  const estimates = [{ value: { missing } }, { value: 0.5, low: 0.4, high: 0.6 }]
  const page = pageOf([
    {
      type: 'verdict',
      title: 'V',
      condition: 'c',
      verdict: 'aligned',
      tone: 'good',
      provisional: false,
      reason: '',
      tally: {},
      numbers: estimates.map((estimate, index) => ({ name: `n${index}`, estimate })),
      thresholds: {},
    },
  ])
  expect(page).toContain(`<dd class="missing">${missing}</dd>`)
  expect(count(page, '<dd class="number">')).toBe(1)
})

test('a caution about an interval is beside it, in tables and in cards', () => {
  const estimate = { value: 0.4, low: -0.2, high: 1, caution: 'two groups of seeds <3, 2>' }
  const page = pageOf([
    {
      type: 'table',
      title: 'T',
      columns: [{ title: 'return' }],
      rows: [{ cells: [{ estimate }], emphasis: false }],
      notes: [],
    },
    {
      type: 'verdict',
      title: 'V',
      condition: 'c',
      verdict: 'mixed',
      tone: 'warning',
      provisional: false,
      reason: '',
      tally: {},
      numbers: [{ name: 'n', estimate }],
      thresholds: {},
    },
  ])
  expect(page).toContain('[−0.200, 1]</small> <small class="caution">two groups of seeds &lt;3, 2&gt;</small>')
  expect(page).toContain('[−0.200, 1]</small><sup>1</sup>')
  expect(page).toContain('<p class="caution"><sup>1</sup> two groups of seeds &lt;3, 2&gt;</p>')
})

test('a picture is in the page as its original SVG', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>50 % "é" #1</title></svg>'
  const page = pageOf([{ type: 'picture', title: 'P', lines: [], svg, caption: '' }])
  const address = /src="data:image\/svg\+xml,([^"]*)"/.exec(page)?.[1] ?? ''
  expect(decodeURIComponent(address)).toBe(svg)
})

test('lines of one group share a colour; every line has an interval band and a legend entry', () => {
  const lines = [
    { ...line('a: up', [1, 2, 3]), group: 'a' },
    { ...line('a: down', [3, 2, 1]), group: 'a', style: 'dashed' as const },
    line('b', [2, 2, 2]),
  ]
  const page = onWide(pageOf([{ type: 'series', title: 'Curves', ...axes, lines, references: [] }]))
  const curves = [...page.matchAll(/<path class="curve (c\d) (\w+)"/g)].map(([, colour, style]) => [colour, style])
  expect(curves).toEqual([
    ['c0', 'solid'],
    ['c0', 'dashed'],
    ['c1', 'solid'],
  ])
  expect(count(page, '<path class="band')).toBe(3)
  expect(/<ul class="legend">(.*?)<\/ul>/s.exec(page)?.[1]?.split('<li>')).toHaveLength(4)
})

test('a logarithmic scale leaves out values that it cannot show, and nothing is drawn at NaN', () => {
  const page = pageOf([
    {
      type: 'series',
      title: 'Log',
      x: { title: 'samples', scale: 'log' },
      y: { title: 'loss', scale: 'linear' },
      lines: [{ ...line('one', [5, 4, 1]), points: [0, 1, 1_000].map((x) => ({ x, y: { value: x } })) }],
      references: [],
    },
    { type: 'series', title: 'Single', ...axes, lines: [line('one', [2])], references: [] },
    { type: 'series', title: 'Empty', ...axes, lines: [], references: [] },
    { type: 'heatmap', title: 'Flat', values: [[1, 1]] },
    { type: 'distribution', title: 'None', axis: { title: 'x' }, groups: [], references: [], notes: [] },
  ])
  expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/)
  expect(count(page, 'no values yet')).toBe(2)
})

test('a heatmap has a cell for each value, and marks missing ones', () => {
  const values = [
    [0, 0.5],
    [{ missing: 'a wall' }, 1],
  ]
  const page = pageOf([
    { type: 'heatmap', title: 'Map', values, rows: { title: 'row' }, columns: { title: 'column', labels: ['x', 'y'] } },
  ])
  expect(count(page, 'class="heat"')).toBe(3)
  expect(count(page, 'class="empty"')).toBe(1)
  expect(page).toContain('row 2, column x: a wall')
  expect(page).toContain('row 1, column y: 0.500')
})

test('a heatmap too fine to read is drawn from the means of neighbours', () => {
  const values = [0, 1].map((y) => Array.from({ length: 200 }, (_, x) => (x + y) % 2))
  const page = pageOf([{ type: 'heatmap', title: 'Map', values }])
  expect(count(page, 'class="heat"')).toBe(2 * 100)
  expect(count(page, '<title>0.500</title>')).toBe(2 * 100)
})

test('each replicate has its own dot, also if several have the same value', () => {
  const values = [0.1, 0.1, 0.1, 0.9].map((value, seed) => ({ name: `seed ${seed}`, value }))
  const page = pageOf([
    {
      type: 'distribution',
      title: 'Seeds',
      axis: { title: 'where' },
      groups: [{ name: 'a', values: [...values, { name: 'seed 4', value: { missing: 'lost' } }] }],
      references: [],
      notes: [],
    },
  ])
  const places = [...page.matchAll(/<svg x="([^"]*)" y="([^"]*)"[^>]*><path class="seed/g)].map(
    ([, x, y]) => `${x} ${y}`,
  )
  expect(new Set(places).size).toBe(4)
  expect(page).toContain('a: 1 of 5 without a value.')
})

test('the manifest lists everything the numbers depend on', () => {
  const page = pageOf([])
  for (const text of ['some-protocol 3', '0, 1, 2', '7 tasks on Some processor', 'c0ffee', 'as is'])
    expect(page).toContain(text)
})

test('an experiment without results has a page', () => {
  expect(renderReportPage(subjectOf(null))).toContain('There are no results yet.')
})

test('only a column of shares has a bar beside each number', () => {
  const columns = [{ title: 'goal' }, { title: 'belief', format: 'share' as const }, { title: 'return' }]
  const [share, value] = [0.75, 0.5].map((each) => ({ estimate: { value: each } }))
  const rows = [{ cells: [{ text: 'cheese' }, share!, value!], emphasis: false }]
  const page = pageOf([{ type: 'table', title: 'Goals', columns, rows, notes: [] }])
  expect(page).toContain('<meter min="0" max="1" value="0.75"></meter>')
  expect(page.match(/<meter/g)).toHaveLength(1)
})

test('the reasons of failed tasks stand at the top', () => {
  const subject = subjectOf({ title: 'Title', summary: 'Nothing was evaluated.', parts: [] })
  const failure = { code: 'model-refused' as const, message: 'weights <beside> the file' }
  const task = { id: '1', key: 'import', kind: 'import', state: 'failed' as const, attempts: 1, reused: false }
  const sharedTasks = [{ ...task, progress: null, failure }]
  const page = renderReportPage({ ...subject, experiment: { ...subject.experiment, sharedTasks } })
  expect(page).toContain('import failed: weights &lt;beside&gt; the file')
  expect(page.indexOf('import failed')).toBeLessThan(page.indexOf('Nothing was evaluated.'))
})
