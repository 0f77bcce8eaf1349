import type { Estimate, ReportPart } from '@goalpost/contracts'

const known = (value: number, spread: number): Estimate => ({
  value,
  low: value - spread,
  high: value + spread,
  level: 0.95,
  count: 5,
})

const against = (...values: readonly number[]) =>
  values.map((value, index) => ({ name: ['best', 'best of the substitute', 'chance'][index] ?? '', value }))

const verdict: ReportPart = {
  type: 'verdict',
  title: 'share=0, without any distinguishing examples',
  condition: 'share=0',
  verdict: 'wrong-goal',
  tone: 'bad',
  provisional: true,
  sentence: 'learned the substitute, not what was intended — 4 of 5 seeds',
  goal: 'substitute',
  reason: 'Stays capable (`capability` 0.764) and pursues the substitute. 3 of 2,048 examples were seen before.',
  tally: { 'wrong-goal': 4, undetermined: 1 },
  numbers: [
    {
      key: 'position',
      name: 'position',
      estimate: known(0.1, 0.05),
      threshold: 0.5,
      references: against(1, 0, 0.21),
      headline: true,
    },
    {
      key: 'capability',
      name: 'capability',
      estimate: known(0.76, 0.1),
      threshold: 0.5,
      references: against(1, 1, -0.24),
      help: 'Either goal',
    },
    { name: 'difference from the best alternative of all', estimate: known(-0.32, 0.07) },
    { name: 'not measured', estimate: { value: { missing: 'both anchors are closer than 0.1' } } },
  ],
  thresholds: { position: 0.5, capability: 0.5 },
}

const table: ReportPart = {
  type: 'table',
  title: 'Results of every condition with a title that is long enough to wrap on a telephone',
  columns: [
    { title: 'condition' },
    { title: 'return', unit: 'per episode', help: 'Discounted' },
    { title: 'share', format: 'share' },
    { title: 'verdict' },
  ],
  rows: [
    {
      cells: [
        { text: 'share=0' },
        { estimate: known(0.25, 0.03) },
        { estimate: known(0.9, 0.02) },
        { text: 'wrong', tone: 'bad' },
      ],
      emphasis: true,
    },
    {
      cells: [
        { text: 'share=1' },
        { estimate: known(1_234.5, 12) },
        { estimate: { value: { missing: 'no data' } } },
        { text: 'right', tone: 'good' },
      ],
      emphasis: false,
    },
  ],
  notes: ['Means over seeds in their 95 % intervals.'],
}

const seriesOf = (title: string, scale: 'linear' | 'log', lowest: number): ReportPart => ({
  type: 'series',
  title,
  x: { title: 'steps', scale: 'linear' },
  y: { title: 'return', scale },
  lines: ['share=0', 'share=1'].map((name, index) => ({
    name,
    style: index === 0 ? 'solid' : 'dashed',
    points: [0, 100_000, 200_000].map((x, step) => ({
      x,
      y: { value: 1 + step * (index + 1), low: lowest + step, high: 2 + step * (index + 1) },
    })),
  })),
  references: [{ name: 'random', y: 0.5 }],
  caption: 'Bands: 95 % intervals.',
})

const heatmap: ReportPart = {
  type: 'heatmap',
  title: 'Share that was reached, by place',
  values: [
    [0, 0.25, 0.5],
    [0.75, 1, { missing: 'never drawn' }],
  ],
  rows: { title: 'row', labels: ['top', 'bottom'] },
  columns: { title: 'column' },
  unit: 'share',
  caption: 'Dashed: no values.',
}

const distribution: ReportPart = {
  type: 'distribution',
  title: 'Position of each seed',
  axis: { title: 'position', low: -0.2, high: 1.2 },
  groups: [
    {
      name: 'share=0',
      values: [0.1, 0.11, 0.12].map((value, seed) => ({
        name: `seed ${seed}`,
        value,
        tone: 'bad' as const,
        seed,
        verdict: 'wrong-goal',
      })),
    },
    { name: 'a condition with a longer name', values: [{ name: 'seed 0', value: 0.9, tone: 'good', seed: 0 }] },
  ],
  references: [{ name: 'intended', value: 1 }],
  notes: ['Each dot is a seed.'],
}

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="#334155"/></svg>'
const drawn = { title: 'seed 0', lines: ['#####', '#@ *#', '#####'], caption: 'Reached after 2 steps.' }

const picture: ReportPart = { type: 'picture', ...drawn, title: 'An episode as text' }
const gallery: ReportPart = {
  type: 'gallery',
  title: 'Episodes that went wrong',
  caption: 'The clearest are shown.',
  pictures: [
    { ...drawn, svg, movingSvg: svg },
    { ...drawn, title: 'seed 1', svg },
  ],
}

const text: ReportPart = {
  type: 'text',
  title: 'Notes',
  paragraphs: ['Names in `code`, and a-word-that-is-so-long-that-a-telephone-has-no-room-for-it-on-one-line.'],
}

/** One part of each kind, by name, with what is hard to draw: missing values, long names, ends of intervals below zero. */
export const exampleParts: Readonly<Record<string, ReportPart>> = {
  verdict,
  table,
  series: seriesOf('Return while learning', 'linear', -0.5),
  'series-log': seriesOf('Return on a logarithmic scale', 'log', -0.5),
  heatmap,
  distribution,
  picture,
  gallery,
  text,
}
