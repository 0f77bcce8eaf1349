import { defineProtocol } from '@goalpost/protocol-kit'
import { adviseOn } from './advice.ts'
import { listExperiments } from './catalog.ts'
import { checkOptions } from './check.ts'
import { verdicts } from './decide-verdict.ts'
import { experiments, options } from './experiments/table.ts'
import { planRun } from './plan.ts'
import { buildReport, compareArms } from './report/report.ts'
import { searchSlot } from './search-slot.ts'
import { testedPrompts } from './report/tested-prompts.ts'

/** Small language models, trained in stages in a closed world, and probed where training did not look. */
export const lmShift = defineProtocol({
  name: 'lm-shift',
  version: '1',
  reportVersion: '4',
  title: 'Goal misgeneralization of small language models',
  description:
    'Trains small transformers from scratch in stages (supervised, from preferences, reinforced), in a closed world where every answer can be checked, and reads from their probabilities which goal they pursue on prompts that training had none of.',
  verdicts,
  options,
  check: checkOptions,
  marks: ({ experiment, stages }) => (experiments[experiment].isControl(stages) ? ['control'] : []),
  plan: planRun,
  advise: adviseOn,
  report: buildReport,
  tested: testedPrompts,
  compare: compareArms,
  search: searchSlot,
  catalog: listExperiments,
})
