import type { MeasureTable } from '../../environment.ts'

/** The counters are those of `MazeRules.countsVisits`. */
export const colourShapeMeasures: MeasureTable = {
  counters: ['line', 'yellow', 'either'],
  measures: [
    { name: 'line-reached', description: 'Share of episodes that reach a line', counter: 'line', per: 'episode' },
    {
      name: 'yellow-reached',
      description: 'Share of episodes that reach a yellow object',
      counter: 'yellow',
      per: 'episode',
    },
    {
      name: 'colour-preference',
      description:
        'Of the episodes that reach an object, the share in which it is yellow. Where line and gem are apart: 1 prefers ' +
        'the colour, 0 the shape',
      counter: 'yellow',
      per: { counter: 'either' },
    },
  ],
}
