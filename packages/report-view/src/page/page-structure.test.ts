import type { CatalogEntry, ReportPart, VerdictPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { renderReportPage } from './page.ts'
import { renderPlainPage } from './plain-page.ts'
import type { PageSubject } from './page-subject.ts'

function pageOf(parts: readonly ReportPart[], change: Partial<PageSubject> = {}): string {
  return renderReportPage({
    experiment: {
      id: '019a0000-0000-7000-8000-000000000000',
      name: 'mine',
      state: 'succeeded',
      createdAt: '2026-01-02T03:04:05Z',
      runs: [],
      spec: {},
      resolved: {
        apiVersion: 'goalpost/v1',
        protocol: 'some-protocol',
        protocolVersion: '1',
        name: 'mine',
        labels: {},
        seeds: [0, 1],
        conditions: [
          { name: 'heat=1', options: { heat: 1, world: 'pond', parameters: { depth: 2 } }, marks: [] },
          { name: 'heat=5', options: { heat: 5, world: 'pond', parameters: { depth: 2 } }, marks: [] },
        ],
        resources: { engine: 'none', device: 'cpu', threads: 1 },
        priority: 0,
        fresh: false,
      },
    },
    results: { status: 'final', report: { title: 'T', summary: 'Summary.', parts: [...parts] }, resultHash: null },
    manifests: [],
    ...change,
  })
}

const number = (name: string, value: number, more: Partial<VerdictPart['numbers'][number]> = {}) => ({
  name,
  estimate: { value, low: value - 0.1, high: value + 0.1 },
  ...more,
})

function verdictOf(condition: string, change: Partial<VerdictPart> = {}): VerdictPart {
  return {
    type: 'verdict',
    title: condition,
    condition,
    verdict: 'aligned',
    tone: 'good',
    provisional: false,
    reason: 'Because.',
    tally: { aligned: 2, mixed: 1 },
    numbers: [number('skill', 0.7, { threshold: 0.5, headline: true, help: '1: perfect' }), number('return', 0.2)],
    thresholds: { skill: 0.5, minSeeds: 5 },
    ...change,
  }
}

const axes = { x: { title: 'steps', scale: 'linear' as const }, y: { title: 'loss', scale: 'linear' as const } }
const curve = (name: string) => ({
  name,
  style: 'solid' as const,
  points: [0, 1].map((x) => ({ x, y: { value: x } })),
  group: name,
})

const everyKind: readonly ReportPart[] = [
  verdictOf('heat=1'),
  { type: 'gallery', title: 'G', caption: '', pictures: [{ title: 'P', lines: ['#'], caption: '' }] },
  { type: 'table', title: 'Same', columns: [{ title: 'c' }], rows: [], notes: [] },
  { type: 'table', title: 'Same', columns: [{ title: 'c' }], rows: [], notes: [] },
  { type: 'text', title: 'Words', paragraphs: ['p'] },
  { type: 'picture', title: 'Pic', lines: ['#'], caption: '' },
  { type: 'heatmap', title: 'Map', values: [[1, 2]] },
  { type: 'distribution', title: 'D', axis: { title: 'x' }, groups: [], references: [], notes: [] },
  { type: 'series', title: 'Curve', ...axes, lines: [curve('heat=1')], references: [] },
]

const bodyOf = (page: string) => page.slice(page.indexOf('<body>'))
const textOf = (page: string) =>
  bodyOf(page)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const between = (page: string, from: string, to: string) => page.slice(page.indexOf(from), page.indexOf(to))

test('headings never skip a level, and there is one h1', () => {
  const levels = [...pageOf(everyKind).matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
  expect(levels.filter((level) => level === 1)).toHaveLength(1)
  expect(levels[0]).toBe(1)
  for (const [index, level] of levels.slice(1).entries()) expect(level - levels[index]!).toBeLessThanOrEqual(1)
})

test('the contents link to every section and part by a unique anchor', () => {
  const page = pageOf(everyKind)
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const links = new Set([...between(page, '<nav', '</nav>').matchAll(/href="#([^"]*)"/g)].map(([, id]) => id))
  for (const link of links) expect(ids).toContain(link)
  for (const wanted of ['the-question', 'the-answer', 'curves', 'tables', 'same', 'same--2', 'manifest'])
    expect(links).toContain(wanted)
})

test('the answer and the reasons for it come before curves, pictures and tables', () => {
  const titles = [...pageOf(everyKind).matchAll(/<h2>([^<]*)/g)].map(([, title]) => title)
  expect(titles).toEqual([
    'The question',
    'The answer',
    'Each condition',
    'Curves',
    'Examples',
    'Galleries',
    'Maps',
    'Tables',
    'Notes',
    'Manifest',
  ])
})

test('the answer is a table: a row for each verdict, its headline numbers, and how many seeds agree', () => {
  const parts = [verdictOf('heat=1'), verdictOf('heat=5', { tally: { aligned: 3 } })]
  const table = between(pageOf(parts), '<table class="answer">', '</table>')
  expect(table.match(/<th scope="col"[^>]*>[^<]*/g)?.map((cell) => cell.replace(/.*>/, ''))).toEqual([
    'condition',
    'verdict',
    'skill',
    'seeds',
  ])
  expect(table).toMatch(/href="#heat-1">heat=1/)
  expect(table).toContain('2 aligned, 1 mixed')
  expect(table).toContain('3 of 3')
  expect(table).toMatch(/0\.700 <small>\[0\.600, 0\.800\]/)
})

test('without marked headlines the answer shows the numbers that all verdicts have', () => {
  const parts = [
    verdictOf('a', { numbers: [number('one', 1), number('two', 2)] }),
    verdictOf('b', { numbers: [number('two', 3)] }),
  ]
  const table = between(pageOf(parts), '<table class="answer">', '</table>')
  expect(table).toContain('>two<')
  expect(table).not.toContain('>one<')
})

test('a sentence of the verdict is in the answer and on its card', () => {
  const page = pageOf([verdictOf('a', { sentence: 'learned to swim' })])
  expect(between(page, '<table class="answer">', '</table>')).toContain('learned to swim')
  expect(page.slice(page.indexOf('<article'))).toContain('learned to swim')
})

test('every strip of a number with a threshold draws it, and every axis has numbers', () => {
  const page = pageOf([verdictOf('a'), verdictOf('b')])
  expect(page.match(/<line class="threshold"/g)).toHaveLength(2)
  const cards = page.slice(page.indexOf('<article'), page.indexOf('</article>'))
  expect(cards.match(/<text class="tick"/g)!.length).toBeGreaterThanOrEqual(8)
})

test('in an older report a number has the threshold of the same name', () => {
  const numbers = [number('goal position', 0.7), number('return', 2)]
  const page = pageOf([verdictOf('a', { numbers, thresholds: { goalPosition: 0.5 } })])
  expect(page.match(/<line class="threshold"/g)).toHaveLength(1)
})

test('shared thresholds are listed once, and those that differ by condition', () => {
  const page = pageOf([verdictOf('a'), verdictOf('b', { thresholds: { skill: 0.9, minSeeds: 5 } })])
  expect(page.match(/Thresholds of the rule/g)).toHaveLength(1)
  expect(textOf(page).match(/min seeds 5/g)).toHaveLength(1)
  expect(textOf(page)).toContain('b: skill 0.900')
})

test('provisional is explained only if a verdict is provisional', () => {
  expect(textOf(pageOf([verdictOf('a', { provisional: true })]))).toContain(
    'Provisional: the verdict has fewer seeds than the rule requires',
  )
  expect(textOf(pageOf([verdictOf('a')]))).not.toContain('rovisional')
  const unjudged = verdictOf('a', { provisional: true, tally: {}, numbers: [] })
  expect(textOf(pageOf([unjudged]))).not.toContain('Provisional:')
})

test('a reference line for one group has the colour of its curves and its name', () => {
  const lines = [curve('a'), curve('b')]
  const references = [
    { name: 'random, b', y: 0.4, group: 'b' },
    { name: 'random', y: 0.5 },
  ]
  const page = pageOf([{ type: 'series', title: 'S', ...axes, lines, references }])
  expect(page).toMatch(/<text class="tick c1"[^>]*>random, b</)
  expect(page).toMatch(/<text class="tick"[^>]*>random</)
})

test('a name too long for a narrow plot is cut in the middle, with the full name as title', () => {
  const name = `random, alpha=0,${'entropyCoefficient=0.05,'.repeat(3)}levels=100`
  const references = [{ name, y: 0.4 }]
  const page = bodyOf(pageOf([{ type: 'series', title: 'S', ...axes, lines: [curve('a')], references }]))
  const narrow = page.slice(page.indexOf('on-narrow'))
  const [, shown, title] = /text-anchor="end"\s*>(random[^<]*)<title>([^<]*)/.exec(narrow) ?? []
  expect(shown).toMatch(/^random, alpha=0.*….*levels=100$/)
  expect(shown!.length).toBeLessThan(45)
  expect(title).toBe(name)
})

test('notes that only plain-text readers need are not on the page', () => {
  const gallery = {
    type: 'gallery' as const,
    title: 'G',
    caption: 'All see it.',
    pictures: [],
    textCaption: 'Numbers: …',
  }
  expect(pageOf([gallery])).toContain('All see it.')
  expect(pageOf([gallery])).not.toContain('Numbers: …')
})

const pond: CatalogEntry = {
  protocol: 'some-protocol',
  kind: 'world',
  name: 'pond',
  version: '1',
  title: 'A pond',
  description: 'Frogs jump.',
  parametersSchema: {},
  facts: {
    goal: [{ name: 'fly', description: '+1 for a fly' }],
    shifts: [
      { name: 'rain', description: 'It rains' },
      { name: 'snow', description: 'It snows' },
    ],
  },
  picture: [],
}

test('the question describes the protocol, the world, and the differences and their meaning', () => {
  const optionsSchema = { anyOf: [{ properties: { heat: { description: 'How warm it is' } } }] }
  const protocol = { title: 'T', description: 'Frogs are trained.', optionsSchema }
  const page = pageOf([], { glossary: { protocol, entries: [pond, { ...pond, name: 'sea', description: 'Fish.' }] } })
  const question = textOf(between(page, 'id="the-question"', 'id="the-answer"'))
  for (const text of ['Frogs are trained.', 'Frogs jump.', '+1 for a fly', 'How warm it is: 1, 5'])
    expect(textOf(page)).toContain(text)
  expect(question).not.toContain('depth')
  for (const text of ['Fish.', 'It rains']) expect(textOf(page)).not.toContain(text)
})

test('without a glossary the page still lists the differences', () => {
  expect(textOf(pageOf([]))).toMatch(/What differs between the conditions: heat 1, 5/)
})

test('each training curve is a plot: the mean over seeds between lowest and highest', () => {
  const run = (seed: number, values: readonly number[]) => ({
    condition: 'heat=1',
    seed,
    series: [{ name: 'valueLoss', points: values.map((value, x) => ({ x, value })) }],
  })
  const training = { runs: [run(0, [1, 3]), run(1, [3, 5])], unit: 'steps', leftOut: 4 }
  const page = pageOf([], { training })
  const section = between(page, 'id="training"', 'id="manifest"')
  // In a fold, which a link to one of the curves opens.
  expect(section.indexOf('<details>')).toBeLessThan(section.indexOf('<figure'))
  expect(section).toContain('<details>')
  expect(section).toContain('<h3>value loss</h3>')
  expect(section).toContain('heat=1: 2 at 0')
  expect(section).toContain('class="band c0"')
  expect(section).toContain('4 more are left out')
})

test('an incomplete manifest gives the number of tasks left out', () => {
  expect(textOf(pageOf([], { manifestsLeftOut: 7 }))).toContain('The manifests of 7 more tasks are not listed')
  expect(textOf(pageOf([]))).not.toContain('more tasks')
})

test('it shows submission time, id and progress', () => {
  const text = textOf(pageOf([]))
  expect(text).toContain('2026-01-02 03:04 UTC')
  expect(text).toContain('019a0000-0000-7000-8000-000000000000')
})

test('it has colours for dark and light screens', () => {
  expect(pageOf([])).toMatch(/color-scheme: light dark;\s*--paper: light-dark\(/)
})

test('a report of no experiment is a page of the same parts, and its texts are escaped', () => {
  const report = {
    title: 'mouse 12',
    summary: '<b>Failed</b>: corner.',
    parts: everyKind.filter(({ type }) => type !== 'verdict'),
  }
  const page = renderPlainPage({ report, above: 'mouse · version 12', below: 'SHA-256 <i>' })
  expect(textOf(page)).toContain('mouse 12')
  for (const title of ['Curves', 'Tables', 'Notes']) expect(page).toContain(`<h2>${title}</h2>`)
  expect(page).toContain('&lt;b&gt;Failed')
  expect(page).toContain('SHA-256 &lt;i&gt;')
  expect(page).not.toContain('the-question')
})
