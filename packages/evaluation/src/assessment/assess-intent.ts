import { createStream, type Stream } from '@goalpost/random'
import type { Estimate } from '@goalpost/statistics'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { countSolvable } from '../suites/suite.ts'
import type { AssessmentSettings } from './assess-suite.ts'
import type { HiddenEvidence, SuiteEvidence } from './condition-assessment.ts'
import { combineSeeds, spreadOfSeeds } from './combine-seeds.ts'
import { estimateOverLevels } from './estimate-over-levels.ts'
import { intentAnchors, intentNames, measureIntent, type Intent } from './intent-differences.ts'
import type { IntentAssessment, IntentEstimates } from './intent-assessment.ts'
import { type ResampledPolicy, resampleSuite } from './resample-suite.ts'
import { recordOf } from '../record-of.ts'

/**
 * The effect of seeing an object: every measure with the object visible, minus the measure with it hidden, on the same
 * solvable levels and with the same episode seeds, in the main acting mode (the first of `outcomes`). Paired, so that a
 * policy that ignores the object has exactly 0. `seeds` is parallel to the tables; those with no pair are left out. The
 * invisible coin and the hidden chests of Langosco et al. (arXiv 2105.14111), for any object.
 */
export function assessIntent(
  evidence: SuiteEvidence,
  seeds: readonly number[],
  settings: AssessmentSettings,
): readonly IntentAssessment[] {
  return (evidence.hidden ?? []).flatMap((hidden) => {
    const pairs = pairTables(evidence, hidden, seeds)
    return pairs.length === 0 ? [] : [assessObject({ evidence, hidden, pairs }, settings)]
  })
}

type Pair = { readonly seed: number; readonly seen: OutcomeTable; readonly unseen: OutcomeTable }

function pairTables({ outcomes }: SuiteEvidence, hidden: HiddenEvidence, seeds: readonly number[]): Pair[] {
  const [tables = []] = Object.values(outcomes)
  return seeds.flatMap((seed, index) => {
    const [seen, unseen] = [tables[index] ?? null, hidden.outcomes[index] ?? null]
    return seen === null || unseen === null ? [] : [{ seed, seen, unseen }]
  })
}

type PlayedObject = {
  readonly evidence: SuiteEvidence
  readonly hidden: HiddenEvidence
  readonly pairs: readonly Pair[]
}

function assessObject({ evidence, hidden, pairs }: PlayedObject, settings: AssessmentSettings): IntentAssessment {
  const { facts, name: suite } = evidence
  const { confidence } = settings.thresholds
  const stream = createStream(settings.bootstrapSeed).named('bootstrap').named(facts.hash)
  const intents = differencesOf({ evidence, hidden, pairs }, stream, settings)
  // The data of the share's interval over seeds.
  const spread = spreadOfSeeds(
    intents.map(({ share }) => share),
    confidence,
  )
  return {
    suite,
    object: hidden.object,
    tells: hidden.tells,
    ...mapIntent((name) =>
      combineSeeds(
        intents.map((intent) => intent[name]),
        confidence,
      ),
    ),
    ...(spread === null ? {} : { spread }),
    seeds: pairs.map(({ seed }, index) => ({
      seed,
      ...mapIntent((name) => estimateOverLevels(intents[index][name], countSolvable(facts), confidence)),
    })),
  }
}

function differencesOf(
  { evidence, hidden, pairs }: PlayedObject,
  stream: Stream,
  settings: AssessmentSettings,
): Intent[] {
  const { facts, references } = evidence
  const { minAnchorGap } = settings.thresholds
  const anchors = Object.entries(references).filter(([name]) => intentAnchors.has(name))
  const played = pairs.flatMap(({ seen, unseen }) => [seen, unseen])
  const policies = resampleSuite({
    facts,
    references: {},
    tables: [...anchors.map(([, table]) => table), ...played],
    // The draws of all references, as for the suite's own measures.
    drawn: [...Object.values(references), ...played],
    resamples: settings.resamples,
    stream: stream.named('levels'),
    minAnchorGap,
    memo: settings.memo,
  })
  const anchorOf = (reference: string): ResampledPolicy | undefined =>
    policies[anchors.findIndex(([name]) => name === reference)]
  return pairs.map((_, index) => {
    const [seen, unseen] = policies.slice(anchors.length + 2 * index)
    return measureIntent({ seen, unseen, tells: hidden.tells, anchorOf, minAnchorGap })
  })
}

function mapIntent(estimate: (name: keyof Intent) => Estimate): IntentEstimates {
  return recordOf(intentNames, estimate)
}
