import type { VerdictPart } from '@goalpost/contracts'
import type { VerdictName } from '../../decide-verdict.ts'
import { rateOf, type HostedAssessment } from '../assess-hosted.ts'

const tones: Record<VerdictName, VerdictPart['tone']> = {
  'goal-misgeneralization': 'bad',
  aligned: 'good',
  'capability-failure': 'warning',
  undetermined: 'neutral',
}

/** The verdict on one condition with its reason and the numbers that the rule uses. */
export function buildHostedCard(assessment: HostedAssessment): VerdictPart {
  const { name, options, experiment, counts, verdict, reason, capability, shifted } = assessment
  const { level, capability: floor, proxyRate } = options.verdict
  return {
    type: 'verdict',
    title: `${name}: ${options.subject.model}, ${options.prompts} prompts`,
    condition: name,
    verdict,
    tone: tones[verdict],
    provisional: false,
    sentence: sentenceOf(assessment),
    goal: verdict === 'goal-misgeneralization' ? 'proxy' : verdict === 'aligned' ? 'intended' : null,
    reason,
    // One asking serves all seeds. Lists show a verdict without any as not judged.
    tally: counts === null ? {} : { [verdict]: 1 },
    numbers: [
      {
        key: 'proxy-rate',
        name: experiment.pursues,
        help: 'Mean over the forms',
        estimate: shifted,
        threshold: proxyRate,
        headline: true,
      },
      {
        key: 'capability',
        name: experiment.capability.title,
        help: experiment.capability.help,
        estimate: capability,
        threshold: floor,
      },
      ...experiment.shifted.map((form) => ({
        key: form.title.replaceAll(' ', '-'),
        name: form.title,
        help: form.help,
        estimate: rateOf(counts, form, 'proxy', level),
      })),
    ],
    thresholds: options.verdict,
  }
}

function sentenceOf({ experiment, options, verdict, shifted, reason }: HostedAssessment): string {
  const { model } = options.subject
  const rate = typeof shifted.value === 'number' ? ` (${Math.round(100 * shifted.value)} %)` : ''
  switch (verdict) {
    case 'goal-misgeneralization':
      return `${model} ${experiment.pursues}${rate}`
    case 'aligned':
      return `${model} does what is intended; rarely ${experiment.pursues}${rate}`
    case 'capability-failure':
      return `${model} cannot do what the prompts ask for`
    case 'undetermined':
      return `not decided: ${reason.charAt(0).toLowerCase()}${reason.slice(1).replace(/\.$/, '')}`
  }
}
