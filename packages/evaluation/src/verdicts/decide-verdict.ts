import { classify, thresholdOf } from './classify.ts'
import { explainMixedSeeds, explainNumbers } from './explain.ts'
import { seedsToSettle, type SpreadOverSeeds } from './seeds-to-settle.ts'
import type { VerdictThresholds } from './thresholds.ts'
import type { SeedVerdict, Verdict, VerdictName, VerdictNumbers } from './verdict.ts'

type NumberName = keyof VerdictNumbers

export type VerdictEvidence = {
  readonly seeds: readonly SeedVerdict[]
  /** Over seeds. */
  readonly numbers: VerdictNumbers
  /** What the condition's intervals are made of; absent where a number is missing or there is one seed only. */
  readonly spreads: Readonly<Partial<Record<NumberName, SpreadOverSeeds>>>
}

/** Classifies one seed by its own intervals. */
export function decideSeed(seed: number, numbers: VerdictNumbers, thresholds: VerdictThresholds): SeedVerdict {
  const classification = classify(numbers, thresholds)
  return { seed, name: classification.name, reason: explainNumbers(classification, numbers, thresholds), numbers }
}

/**
 * The verdict about a condition. Rules in order: not learned; undetermined for want of a scale; mixed where confident seeds
 * disagree; then the class of the intervals over seeds, which is undetermined where they are too wide.
 */
export function decideVerdict(evidence: VerdictEvidence, thresholds: VerdictThresholds): Verdict {
  const { seeds, numbers } = evidence
  const classification = classify(numbers, thresholds)
  const base = {
    provisional: seeds.length < thresholds.settledSeeds,
    tally: countNames(seeds),
    seeds,
    numbers,
    moreSeeds: null,
    thresholds,
  }
  const decided = (name: VerdictName, reason: string): Verdict => ({ ...base, name, reason })

  const scaled = classification.missing.length === 0 || classification.name !== 'undetermined'
  if (scaled && classification.name !== 'not-learned' && seedsDisagree(seeds, classification.name, thresholds.dissent))
    return decided('mixed', explainMixedSeeds(base.tally, numbers, thresholds))
  const moreSeeds =
    scaled && classification.name === 'undetermined' ? neededSeeds(evidence, classification.across, thresholds) : null
  const reason = explainNumbers(classification, numbers, thresholds)
  if (classification.name !== 'undetermined' || !scaled) return decided(classification.name, reason)
  return { ...decided('undetermined', `${reason} ${remedy(seeds.length, moreSeeds)}`), moreSeeds }
}

function countNames(seeds: readonly SeedVerdict[]): Partial<Record<VerdictName, number>> {
  const tally: Partial<Record<VerdictName, number>> = {}
  for (const { name } of seeds) tally[name] = (tally[name] ?? 0) + 1
  return tally
}

/** Whether too many confident seeds are of another class than the condition, or, where it has none, than the most common. */
function seedsDisagree(seeds: readonly SeedVerdict[], verdict: VerdictName, dissent: number): boolean {
  const confident = seeds.filter(({ name }) => name !== 'undetermined')
  const counts = Object.values(countNames(confident))
  const agreeing =
    verdict === 'undetermined' ? Math.max(0, ...counts) : confident.filter(({ name }) => name === verdict).length
  return confident.length - agreeing > dissent * confident.length
}

/** Seeds beyond those there are, for the number that needs most; null where seeds alone will not do or nothing is known. */
function neededSeeds(
  evidence: VerdictEvidence,
  across: readonly NumberName[],
  thresholds: VerdictThresholds,
): number | null {
  const needs = across.map((name) => {
    const spread = evidence.spreads[name]
    if (spread === undefined) return null
    return seedsToSettle(spread, thresholdOf(name, thresholds), thresholds.confidence)
  })
  const known = needs.filter((need) => need !== null)
  if (known.length < needs.length || known.length === 0) return null
  return Math.max(1, Math.max(...known) - evidence.seeds.length)
}

function remedy(seeds: number, moreSeeds: number | null): string {
  if (moreSeeds !== null) return `About ${moreSeeds} more ${moreSeeds === 1 ? 'seed' : 'seeds'} would settle it.`
  if (seeds < 2) return 'One seed gives no interval over seeds: run at least three.'
  return 'More seeds alone would hardly settle it: it needs more levels, or the value lies on the line.'
}
