import type { DistributionPart } from '@goalpost/contracts'
import type { SeedVerdict, SuiteAssessment } from '@goalpost/evaluation'
import { createStream } from '@goalpost/random'
import { dipTest, isKnown } from '@goalpost/statistics'
import type { AssessedCondition } from './gather.ts'
import { verdictTones } from './verdict-card.ts'

type Group = DistributionPart['groups'][number]
type Dot = Group['values'][number]

/**
 * Goal position of each seed on every shifted suite: preferences differ by seed under the same training
 * (arXiv 2312.03762), so that a mean may describe none of them. True return instead if the oracles are too close for a
 * goal position. Nothing if no condition has two seeds.
 */
export function seedStrips(conditions: readonly AssessedCondition[]): DistributionPart[] {
  const suites = conditions.flatMap(({ options }) => options.suites.filter(({ role }) => role === 'shifted'))
  return [...new Set(suites.map(({ name }) => name))].flatMap((suite) => {
    const positions = conditions.flatMap((condition) => groupOf(condition, suite, positionOf))
    if (positions.every(({ values }) => values.length < 2)) return []
    if (positions.some(({ values }) => values.some(({ value }) => isKnown(value))))
      return [positionStrip(suite, positions)]
    return [returnStrip(suite, conditions)]
  })
}

const note = 'Each dot is a seed, coloured by its own verdict.'

function positionStrip(suite: string, groups: Group[]): DistributionPart {
  return {
    type: 'distribution',
    title: `Goal position of each seed on ${suite}`,
    axis: { title: 'goal position' },
    groups,
    references: [
      { name: 'proxy-oracle', value: 0 },
      { name: 'true-oracle', value: 1 },
    ],
    notes: [note, ...groups.flatMap(describeModes)],
  }
}

/** Fewer seeds show two modes only if both are extreme. */
const fewestForModes = 10

/** Whether the seeds share one preference or fall into several: Hartigan's dip test. */
function describeModes({ name, values }: Group): string[] {
  const known = values.flatMap(({ value }) => (isKnown(value) ? [value] : []))
  if (known.length < fewestForModes) return []
  const random = createStream(0).named('dip test').at(0)
  const { dip, p } = dipTest(known, { samples: 4_999, random })
  const answer = p < 0.05 ? 'more than one mode' : 'one mode is not rejected'
  return [`${name}: ${answer} (dip ${dip.toFixed(3)}, p = ${formatP(p)}, ${known.length} seeds).`]
}

const formatP = (p: number): string => p.toFixed(p < 0.001 ? 4 : 3)

function returnStrip(suite: string, conditions: readonly AssessedCondition[]): DistributionPart {
  const anchors = conditions.flatMap(({ assessment }) => assessment?.anchors ?? [])
  const references = (anchors.find((candidate) => candidate.suite === suite)?.anchors ?? [])
    .filter(({ reference }) => reference === 'random' || reference === 'true-oracle')
    .flatMap(
      ({
        reference,
        measures: {
          trueReturn: { value },
        },
      }) => (isKnown(value) ? [{ name: reference, value }] : []),
    )
  return {
    type: 'distribution',
    title: `True return of each seed on ${suite}`,
    axis: { title: 'true return' },
    groups: conditions.flatMap((condition) => groupOf(condition, suite, returnOf)),
    references,
    notes: [note, 'The oracles of goal and proxy are too close here for a goal position.'],
  }
}

type Decided = { readonly seeds: SuiteAssessment['seeds']; readonly verdict: SeedVerdict }

function groupOf(
  { evidence, options, assessment }: AssessedCondition,
  suite: string,
  valueOf: (decided: Decided) => Dot['value'],
): Group[] {
  const acting = options.evaluation.acting[0]
  const here = <Found extends { suite: string; acting: string }>(found: Found) =>
    found.suite === suite && found.acting === acting
  const decided = assessment?.verdicts.find(here)?.verdict
  const seeds = assessment?.suites.find(here)?.seeds ?? []
  if (decided === undefined) return []
  const values = decided.seeds.map((verdict): Dot => {
    const { seed, name } = verdict
    const value = valueOf({ seeds, verdict })
    return { name: `seed ${seed}, ${name}`, value, tone: verdictTones[name], seed, verdict: name }
  })
  return [{ name: evidence.name, values }]
}

const positionOf = ({ verdict }: Decided): Dot['value'] => verdict.numbers.goalPosition.value

function returnOf({ seeds, verdict }: Decided): Dot['value'] {
  const measured = seeds.find(({ seed }) => seed === verdict.seed)
  return measured?.measures.trueReturn.value ?? { missing: 'not measured' }
}
