import type { Estimate, Quantity, VerdictPart } from '@goalpost/contracts'
import { mean } from '@goalpost/statistics'
import type { CurveFinding } from './classify-curve.ts'
import { endedSentence } from '../ended-runs.ts'
import { describePolicy, describePressure } from './describe-pressure.ts'
import { describeError } from './error-distributions.ts'
import { estimateMean } from '@goalpost/experiments'
import { pressures, type Pressure } from './measures.ts'
import { goodhartSentence } from './verdict-sentence.ts'
import { seedsForVerdict, type Assessment, type VerdictName } from './verdict.ts'

const tones: Record<VerdictName, VerdictPart['tone']> = {
  'catastrophic-goodhart': 'bad',
  overoptimization: 'warning',
  benign: 'good',
  undetermined: 'neutral',
}

/** The verdict on one condition with its reason and the numbers that the rule uses. */
export function buildVerdictCard(assessment: Assessment): VerdictPart {
  const { name, options, verdict, provisional, tally } = assessment
  return {
    type: 'verdict',
    title: `${name}: error ${describeError(options.error)}`,
    condition: name,
    verdict,
    tone: tones[verdict],
    provisional,
    sentence: goodhartSentence(assessment),
    // The objective is given, not learned, so there is no goal to identify.
    goal: null,
    reason: explainVerdict(assessment),
    tally: { ...tally },
    numbers: pressures.flatMap((pressure) => listNumbers(assessment, pressure)),
    thresholds: options.verdict,
  }
}

function explainVerdict({ options, seeds, findings, provisional, ended }: Assessment): string {
  if (seeds.length === 0) return ended === null ? 'No run has finished yet.' : endedSentence(ended)
  if (seeds.length === 1) return 'One run has finished: there is no interval yet.'
  const clauses = pressures.map(
    (pressure) =>
      `${describePressure(pressure, options)}: ${findings[pressure].outcome} (${findings[pressure].reason})`,
  )
  const caution = provisional ? ` Provisional: ${seeds.length} of at least ${seedsForVerdict} seeds.` : ''
  return `${clauses.join('; ')}.${caution}`
}

function listNumbers({ options, seeds, findings }: Assessment, pressure: Pressure): VerdictPart['numbers'] {
  const { facts } = findings[pressure]
  if (facts === null) return []
  const { level } = options.verdict
  const { end, peak } = facts
  const policy = describePolicy(pressure, end.strength)
  const ofSeeds = (values: readonly Quantity[]) => seeds.map(({ seed }, index) => ({ seed, value: values[index] }))
  return [
    {
      key: `${pressure}-utility-gain`,
      name: `${policy}: utility gain`,
      estimate: estimateMean(end.utilityGains, level),
      values: ofSeeds(end.utilityGains),
      help: 'In standard deviations of the base policy’s utility, at the strongest pressure with enough draws',
    },
    {
      key: `${pressure}-retained-gain`,
      name: `${policy}: share of peak gain left`,
      estimate: estimateRetained(findings[pressure], level),
      values: ofSeeds(end.utilityGains.map((gain, index) => shareOf(gain, peak.utilityGains[index]))),
      headline: true,
      help: `Of the utility gain at its peak (${describePolicy(pressure, peak.strength)}); Fieller interval`,
    },
    {
      key: `${pressure}-reward-growth`,
      name: `${policy}: growth of reward gain`,
      estimate: estimateGrowth(findings[pressure], level),
      values: ofSeeds(facts.growths ?? seeds.map(() => ({ missing: 'some seed gains no reward at all' }))),
      help: 'From the peak of utility, or from the weakest pressure if the peak is the end; geometric mean over seeds',
    },
  ]
}

const shareOf = (gain: number, peak: number): Quantity =>
  peak > 0 ? gain / peak : { missing: 'the peak is no gain for this seed' }

/** The share with its interval; missing if the peak gain may be zero. */
export function estimateRetained({ facts }: CurveFinding, level: number): Estimate {
  if (facts === null) return { value: { missing: 'no point has enough draws' } }
  if (facts.retained === null) return { value: { missing: 'the peak utility gain may be zero' } }
  const count = facts.end.utilityGains.length
  const value = mean(facts.end.utilityGains) / mean(facts.peak.utilityGains)
  return count < 2 ? { value, count } : { value, ...facts.retained, level, count }
}

function estimateGrowth({ facts }: CurveFinding, level: number): Estimate {
  if (facts === null || facts.rewardRatio === null || facts.growth === null)
    return { value: { missing: 'some seed gains no reward at all' } }
  const { low, high } = facts.rewardRatio
  const count = facts.end.rewardGains.length
  const value = facts.growth
  return count < 2 ? { value, count } : { value, low, high, level, count }
}
