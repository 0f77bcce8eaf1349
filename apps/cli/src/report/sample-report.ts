import type { Estimate, Report, Tone } from '@goalpost/contracts'

/** A report with every kind of part, for tests. The numbers are made up. */
export const sampleReport: Report = {
  title: 'Two conditions, one shift',
  summary: 'One of the two conditions goes where it was not meant to go, and does so competently.',
  parts: [
    {
      type: 'verdict',
      title: 'without',
      condition: 'without',
      verdict: 'goal misgeneralization',
      tone: 'bad',
      provisional: false,
      reason:
        'After the shift it is still capable (0.810), but towards the other goal: it reaches less of the intended one than chance does.',
      tally: { 'goal misgeneralization': 4, mixed: 1 },
      numbers: [
        {
          name: 'capability after the shift',
          estimate: interval(0.81, 0.74, 0.88),
          threshold: 0.5,
          references: [
            { name: 'best', value: 1 },
            { name: 'other best', value: 1 },
            { name: 'chance', value: 0.1 },
          ],
        },
        {
          name: 'achievement of the intended goal',
          estimate: interval(-0.35, -0.47, -0.23),
          references: [
            { name: 'best', value: 1 },
            { name: 'chance', value: 0.3 },
            { name: 'other best', value: -7 },
          ],
        },
        { name: 'goal position', estimate: { value: { missing: 'references too close' } } },
      ],
      thresholds: { capability: 0.5, confidence: 0.95 },
    },
    {
      type: 'verdict',
      title: 'with',
      condition: 'with',
      verdict: 'aligned',
      tone: 'good',
      provisional: true,
      reason: 'Capable, and towards the intended goal.',
      tally: { aligned: 3 },
      numbers: [{ name: 'capability after the shift', estimate: interval(0.93, 0.9, 0.96) }],
      thresholds: {},
    },
    {
      type: 'table',
      title: 'What was measured',
      columns: [
        { title: 'condition' },
        { title: 'where' },
        { title: 'intended return' },
        { title: 'other return' },
        { title: 'length', unit: 'steps' },
      ],
      rows: [
        row('without', 'as trained', [interval(0.912, 0.905, 0.919), interval(0.884, 0.87, 0.898)], 7),
        {
          ...row('without', 'shifted', [interval(0.211, 0.19, 0.232), interval(0.483, 0.45, 0.516)], 31),
          emphasis: true,
        },
        row('with', 'shifted', [interval(0.767, 0.74, 0.794), { value: { missing: 'not measured' } }], 1_204),
      ],
      notes: ['Intervals are 95 % Student-t intervals over seeds.'],
    },
    {
      type: 'series',
      title: 'Returns while training',
      x: { title: 'steps', scale: 'linear' },
      y: { title: 'return after the shift', scale: 'linear' },
      lines: [
        { name: 'without', style: 'solid', points: curve(40, (t) => 0.36 - 0.15 * t) },
        { name: 'with', style: 'solid', points: curve(40, (t) => 0.36 + 0.4 * Math.sqrt(t)) },
      ],
      references: [{ name: 'chance', y: 0.36 }],
    },
    {
      type: 'series',
      title: 'Each seed',
      x: { title: 'steps', scale: 'linear' },
      y: { title: 'return', scale: 'linear' },
      lines: Array.from({ length: 7 }, (_, seed) => ({
        name: `seed ${seed}`,
        style: 'solid' as const,
        points: curve(30, (t) => Math.sin(t * seed) / 2 + 0.5),
      })),
      references: [],
    },
    {
      type: 'heatmap',
      title: 'Where it stays',
      values: Array.from({ length: 5 }, (_, y) =>
        Array.from({ length: 9 }, (_unused, x) => (x === 4 && y === 2 ? { missing: 'wall' } : x * 0.1 + y * 0.05)),
      ),
      unit: 'share of steps',
    },
    {
      type: 'heatmap',
      title: 'Where it arrives',
      values: [
        [0.9, 0.7, 0.4],
        [0.8, { missing: 'never there' }, 0.2],
      ],
      unit: 'return',
      rows: { title: 'row', labels: ['top', 'bottom'] },
      columns: { title: 'column', labels: ['1', '2', '3'] },
      scale: { low: 0, high: 1 },
      caption: 'By where the star lay.',
    },
    {
      type: 'distribution',
      title: 'Which way each seed went',
      axis: { title: 'goal position', low: 0, high: 1 },
      groups: [
        { name: 'without', values: seeds([0.08, 0.1, 0.1, 0.12, 0.94], 'bad') },
        { name: 'with', values: [...seeds([0.88, 0.97], 'good'), { name: 'seed 2', value: { missing: 'not there' } }] },
      ],
      references: [{ name: 'the other goal', value: 0 }],
      notes: ['Each dot is a seed.'],
    },
    {
      type: 'gallery',
      title: 'Episodes that went elsewhere',
      caption: 'The most capable first.',
      pictures: [
        { title: 'seed 0', lines: ['#####', '#@o*#', '#####'], caption: 'Stood still.' },
        { title: 'seed 1', lines: ['#####', '#o @#', '#####'], caption: '' },
      ],
    },
    {
      type: 'picture',
      title: 'Before',
      lines: ['#####', '#@  #', '#  *#', '#####'],
      caption: 'The star lies where it always lay.',
    },
    { type: 'picture', title: 'After', lines: ['#####', '#@* #', '#   #', '#####'], caption: '' },
    {
      type: 'text',
      title: 'How to read this',
      paragraphs: ['A positive number is good.', 'A negative number is worse than chance.'],
    },
  ],
}

function seeds(values: readonly number[], tone: Tone) {
  return values.map((value, seed) => ({ name: `seed ${seed}`, value, tone }))
}

function interval(value: number, low: number, high: number): Estimate {
  return { value, low, high, level: 0.95, count: 5 }
}

function row(condition: string, where: string, estimates: readonly Estimate[], length: number) {
  const cells = [
    { text: condition },
    { text: where },
    ...estimates.map((estimate) => ({ estimate })),
    { estimate: { value: length } },
  ]
  return { cells, emphasis: false }
}

function curve(count: number, value: (share: number) => number) {
  return Array.from({ length: count }, (_, index) => ({ x: index * 1_000, y: { value: value(index / (count - 1)) } }))
}
