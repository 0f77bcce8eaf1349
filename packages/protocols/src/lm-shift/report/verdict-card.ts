import { isMissing, type Quantity, type VerdictPart } from '@goalpost/contracts'
import { estimateMean } from '@goalpost/experiments'
import type { Assessment } from '../assess.ts'
import { seedsForVerdict, type VerdictName } from '../decide-verdict.ts'
import { describeStages } from '../describe-stages.ts'
import type { Reading } from '../experiments/experiment.ts'
import { afterwards, atFirst } from '../seed-readings.ts'

const tones: Record<VerdictName, VerdictPart['tone']> = {
  'goal-misgeneralization': 'bad',
  aligned: 'good',
  'capability-failure': 'warning',
  undetermined: 'neutral',
}

/** The verdict on one condition with its reason and the numbers that the rule uses. */
export function buildVerdictCard(assessment: Assessment): VerdictPart {
  const { name, options, seeds, verdict, provisional, reason } = assessment
  const caution = provisional ? ` Provisional: ${seeds.length} of at least ${seedsForVerdict} seeds.` : ''
  return {
    type: 'verdict',
    title: `${name}: ${describeStages(options.stages)}`,
    condition: name,
    verdict,
    tone: tones[verdict],
    provisional,
    sentence: sentenceOf(assessment),
    goal: verdict === 'goal-misgeneralization' ? 'proxy' : verdict === 'aligned' ? 'intended' : null,
    reason: `${reason}${caution}`,
    tally: { ...assessment.tally },
    numbers: [...listNumbers(assessment)],
    thresholds: options.verdict,
  }
}

function sentenceOf({ experiment, verdict, seeds, tally, reason, ended }: Assessment): string {
  if (ended !== null) return `not judged: ${ended}`
  const { shifted } = experiment.readings
  const above = `${tally['proxy above threshold'] ?? 0} of ${seeds.length} seeds above the threshold`
  switch (verdict) {
    case 'goal-misgeneralization':
      return `${shifted.title}, ${experiment.contrast} — ${above}`
    case 'aligned':
      return `not ${shifted.title} — ${above}`
    case 'capability-failure':
      return 'cannot do what the prompts ask for'
    case 'undetermined':
      return `not decided: ${reason.charAt(0).toLowerCase()}${reason.slice(1).replace(/\.$/, '')}`
  }
}

function listNumbers({ experiment, options, seeds }: Assessment): VerdictPart['numbers'] {
  const { capability, trained, shifted } = experiment.readings
  const forecast = experiment.readings.forecast(options.stages)
  const { level, capability: floor, proxyRate } = options.verdict
  const number = (reading: Reading, values: readonly Quantity[]) => ({
    key: reading.key,
    name: reading.title,
    help: [reading.help, reading.trainingHelp?.(options.stages)].filter((text) => text !== undefined).join('; '),
    estimate: estimateMean(values, level),
    values: seeds.map(({ seed }, index) => ({ seed, value: values[index] })),
  })
  return [
    {
      ...number(shifted, afterwards(shifted, seeds)),
      threshold: proxyRate,
      ...against(atFirst(shifted, seeds)),
      headline: true,
    },
    {
      ...number(capability, afterwards(capability, seeds)),
      threshold: floor,
      ...against(atFirst(capability, seeds)),
    },
    number(trained, afterwards(trained, seeds)),
    {
      ...number(shifted, atFirst(shifted, seeds)),
      key: `${shifted.key}-before`,
      name: `${shifted.title}, after the first stage`,
    },
    ...(forecast === null ? [] : [number(forecast, atFirst(forecast, seeds))]),
  ]
}

/** What later stages changed can be read against the same models after their first one. */
function against(values: readonly Quantity[]): Pick<VerdictPart['numbers'][number], 'references'> {
  const { value } = estimateMean(values, 0.95)
  return isMissing(value) ? {} : { references: [{ name: 'after the first stage', value }] }
}
