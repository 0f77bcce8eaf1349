import { defineProtocol } from '@goalpost/protocol-kit'
import { adviseOn } from './advice.ts'
import { listErrorDistributions } from './catalog.ts'
import { compareArms } from './compare.ts'
import { isHeavyTailed } from './error-distributions.ts'
import { planRun } from './plan.ts'
import { buildReport } from './report.ts'
import { searchSlot } from './search-slot.ts'
import { checkOptions, listStrengths, options } from './spec.ts'
import { verdicts } from './verdict.ts'

/** Reward = utility + error, optimised under a KL penalty and by best-of-N. Nothing is trained. */
export const goodhart = defineProtocol({
  name: 'goodhart',
  version: '1',
  reportVersion: '4',
  title: 'Goodhart under regularised optimisation',
  description:
    'Reward is utility plus an error. Optimises reward by best-of-N and under a KL penalty, and measures whether utility follows: with a heavy-tailed error it can fall back to the base policy’s while reward grows without bound.',
  verdicts,
  options,
  complete: (given) => ({ options: listStrengths(given) }),
  check: checkOptions,
  marks: ({ error }) => (isHeavyTailed(error) ? [] : ['control']),
  plan: planRun,
  advise: adviseOn,
  report: buildReport,
  compare: compareArms,
  search: searchSlot,
  catalog: listErrorDistributions,
})
