import { defineProtocol } from '@goalpost/protocol-kit'
import { adviseOn } from './advice.ts'
import { listExperiments } from './catalog.ts'
import { checkOptions } from './check.ts'
import { verdicts } from './decide-verdict.ts'
import { experiments } from './experiments/table.ts'
import { isHostedControl } from './hosted/assess-hosted.ts'
import { adviseOnHosted, checkHosted } from './hosted/check-hosted.ts'
import { listHostedExperiments } from './hosted/hosted-catalog.ts'
import { planHosted } from './hosted/plan-hosted.ts'
import { isHosted, options } from './options.ts'
import { planRun } from './plan.ts'
import { buildReport, compareArms } from './report/report.ts'
import { searchSlot } from './search-slot.ts'
import { tasks } from './tasks.ts'
import { testedPrompts } from './report/tested-prompts.ts'

/** Small language models, trained in stages in a closed world and probed where training leaves the goal open; and hosted ones. */
export const lmShift = defineProtocol({
  name: 'lm-shift',
  version: '1',
  reportVersion: '7',
  title: 'Goal misgeneralization of small language models',
  description:
    'Trains small transformers from scratch in stages (supervised, from preferences, reinforced), in a closed world where every answer can be checked, and reads from their probabilities which goal they pursue where training leaves that open. Asks hosted models the same questions in plain English.',
  verdicts,
  options,
  check: (given) => (isHosted(given) ? checkHosted(given) : checkOptions(given)),
  marks(given) {
    const isControl = isHosted(given) ? isHostedControl(given) : experiments[given.experiment].isControl(given.stages)
    return isControl ? ['control'] : []
  },
  plan: (given, seed) => (isHosted(given) ? planHosted(given) : planRun(given, seed)),
  advise: (given) => (isHosted(given) ? adviseOnHosted(given) : adviseOn(given)),
  report: buildReport,
  tested: testedPrompts,
  compare: compareArms,
  search: searchSlot,
  sampleTasks: [tasks.probe.kind, tasks.grade.kind],
  catalog: () => [...listExperiments(), ...listHostedExperiments()],
})
