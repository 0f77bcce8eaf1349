import type { Protocol } from '../src/ports/protocol.ts'

/** Takes any options and plans nothing; tests add what they need. */
export const emptyProtocol: Protocol = {
  name: 'empty',
  version: '1',
  title: '',
  description: '',
  verdicts: [],
  optionsSchema: () => ({}),
  resolve: (options) => ({ ok: true, options, marks: [] }),
  plan: () => [],
  advise: () => [],
  report: () => ({ title: '', summary: '', parts: [] }),
  compare: () => ({ title: '', summary: '', parts: [] }),
  catalog: () => [],
}
