import { verdicts } from '@goalpost/evaluation'
import { defineProtocol } from '@goalpost/protocol-kit'
import { adviseOn } from './advise.ts'
import { environmentCatalog } from '../worlds/catalog.ts'
import { checkOptions, marksOf } from './check.ts'
import { compareArms } from './compare.ts'
import { completeOptions } from './complete.ts'
import { leagueSlot } from './league-slot.ts'
import { createLevelTools } from '../worlds/levels/tools.ts'
import { planRun } from './plan.ts'
import { readPlayed } from './read-played.ts'
import { reportOn } from './report/report.ts'
import { testedSuites } from './report/tested-suites.ts'
import { searchSlot } from './search-slot.ts'
import { options } from './spec.ts'
import { subjectSlot } from './subjects/imported/subject-slot.ts'

/** Trains where proxy and intended goal agree, shifts the world, and measures which of the two was learned. */
export const rlShift = defineProtocol({
  name: 'rl-shift',
  version: '1',
  reportVersion: '11',
  title: 'Goal misgeneralization of reinforcement learners under distribution shift',
  description:
    'Agents are trained with PPO on a mixture of levels where a proxy agrees with the intended goal and levels where it does not. ' +
    'Their policies are then played on frozen suites, in distribution and shifted, beside reference policies on the same levels.',
  verdicts,
  options,
  complete: completeOptions,
  check: checkOptions,
  marks: marksOf,
  plan: planRun,
  advise: adviseOn,
  report: reportOn,
  tested: testedSuites,
  compare: compareArms,
  subject: subjectSlot,
  search: searchSlot,
  league: leagueSlot,
  catalog: () => environmentCatalog('rl-shift'),
  tools: createLevelTools(readPlayed),
})
