import type { PlannedTask, Protocol } from '@goalpost/experiments'

/** A protocol with a measure to search, for tests of searches: tests decide what each task measures. */
export const rampProtocol: Protocol = {
  name: 'ramp',
  version: '1',
  title: 'Ramp',
  description: 'Measures a height',
  verdicts: [],
  optionsSchema: () => ({}),
  resolve: (options) => ({ ok: true, options, marks: [] }),
  plan: (options, seed): PlannedTask[] => [
    {
      key: 'measure',
      kind: 'measure',
      inputs: { ...options },
      versions: {},
      seed,
      needs: [],
      work: { unit: 'measurements', amount: 1 },
      rank: 0,
    },
  ],
  advise: () => [],
  report: ({ experiment }) => ({ title: experiment, summary: '', parts: [] }),
  compare: () => ({ title: '', summary: '', parts: [] }),
  catalog: () => [],
  search: {
    measures: [{ name: 'height', title: 'height', line: 0.5 }],
    read: ({ runs }) =>
      runs.flatMap(({ seed, tasks: [task] }) => {
        const value = task?.result?.measures[0]?.value
        return value === undefined ? [] : [{ seed, value }]
      }),
  },
}
