import type { Protocol } from '@goalpost/experiments'

/** A protocol with a subject, for tests of gates: every unit has the score that the test gave the version's file. */
export const gaugeProtocol: Protocol = {
  name: 'gauge',
  version: '1',
  title: 'Gauge',
  description: 'Measures a file',
  verdicts: [],
  optionsSchema: () => ({}),
  resolve: (options) => ({ ok: true, options: { units: 8, first: 0, ...options }, marks: [] }),
  plan: (options, seed) => [
    {
      key: 'evaluate',
      kind: 'evaluate',
      inputs: { ...options },
      versions: {},
      seed,
      needs: [],
      files: typeof options['file'] === 'string' ? [options['file']] : [],
      work: { unit: 'units', amount: Number(options['units']) },
      rank: 0,
    },
  ],
  advise: () => [],
  report: () => ({ title: '', summary: '', parts: [] }),
  compare: () => ({ title: '', summary: '', parts: [] }),
  catalog: () => [],
  subject: {
    path: ['file'],
    measures: [{ name: 'score', title: 'score', direction: 'higher-is-better', margin: 0.1 }],
    coverage: () => ({ known: [], tests: [] }),
    resize: (options, { index, units }) => ({ ...options, units, first: index * 1_000_000 }),
    measure: ({ runs, options }) => {
      const tasks = runs.flatMap((run) => run.tasks)
      const score = tasks.find(({ key }) => key === 'evaluate')?.result?.measures[0]?.value
      if (typeof score !== 'number') return { missing: 'nothing was measured' }
      const units = Array.from({ length: Number(options['units']) }, (_, index) => ({
        unit: String(Number(options['first']) + index),
        value: score,
        scale: 1,
      }))
      return { bounds: { low: 0, high: 1, scale: 1 }, units }
    },
  },
}
