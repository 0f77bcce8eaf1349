import type { ReportPart, SeriesPart } from '@goalpost/contracts'
import type { EpisodeMeasure } from '@goalpost/environments'
import { isKnown } from '@goalpost/statistics'
import { measureSteps, stepMeasures } from '../../continuing/continuing-world.ts'
import { continuingReferences } from '../../continuing/reference-names.ts'
import { affinityCurves, affinityMaps, affinityProfile, affinityTable } from './continuing-affinity.ts'
import { gatherContinuing, meanLine, seedLine, type ContinuingCondition, type Value } from './gather-continuing.ts'
import type { AssessedCondition } from './gather.ts'

/** Continuing training: reward and affinity over time instead of suites of episodes. */
export function continuingParts(conditions: readonly AssessedCondition[]): ReportPart[] {
  const continuing = conditions.flatMap(gatherContinuing)
  if (continuing.length === 0) return []
  return [
    rewardCurves(continuing),
    ...totalCurves(continuing),
    ...continuing.flatMap((one) => [
      ...seedCurves(one),
      ...affinityProfile(one),
      affinityCurves(one, timeAxis),
      ...affinityMaps(one),
      affinityTable(one),
    ]),
  ]
}

const timeAxis: SeriesPart['x'] = { title: 'environment steps of training', scale: 'linear' }
const rewardAxis: SeriesPart['y'] = { title: 'reward per step', scale: 'linear' }
const rewardPerStep: Value = ({ reward, steps }) => reward / steps

function rewardCurves(conditions: readonly ContinuingCondition[]): SeriesPart {
  return {
    type: 'series',
    title: 'Reward per step in continuing training',
    x: timeAxis,
    y: rewardAxis,
    lines: conditions.map(({ name, seeds }) => meanLine(name, seeds, rewardPerStep)),
    references: referencesIn(conditions[0], 'reward per step'),
  }
}

/** Without the greedy policy, which is played for short streams only: its reward does not last. */
function referencesIn({ anchors }: ContinuingCondition, measure: string): SeriesPart['references'] {
  return continuingReferences.flatMap((policy) => {
    const y = policy === 'proxy-oracle' ? null : anchors(policy, measure)
    return y === null ? [] : [{ name: policy, y }]
  })
}

/** Measures of every step in all situations, except those equal to the reward. */
function totalCurves(conditions: readonly ContinuingCondition[]): SeriesPart[] {
  const [{ table }] = conditions
  const totals = stepMeasures(table).filter(
    (measure) => measure.per === 'step' && conditions.some((condition) => !isReward(condition, measure)),
  )
  return totals.map((measure) => ({
    type: 'series',
    title: `${measure.description} in continuing training`,
    x: timeAxis,
    y: { title: measure.name, scale: 'linear' },
    lines: conditions.map((condition) => meanLine(condition.name, condition.seeds, valueOf(condition, measure))),
    references: [],
  }))
}

function isReward({ seeds, table }: ContinuingCondition, { counter }: EpisodeMeasure): boolean {
  const index = table.counters.indexOf(counter)
  return seeds.every(({ stretches }) => stretches.every(({ counters, reward }) => counters[index] === reward))
}

const valueOf =
  ({ table }: ContinuingCondition, measure: EpisodeMeasure): Value =>
  (sums) => {
    const value = measureSteps(table, measure, sums)
    return isKnown(value) ? value : null
  }

/** Seeds collapse and recover at different times, so that their mean may describe none of them. */
function seedCurves(condition: ContinuingCondition): SeriesPart[] {
  const { name, seeds } = condition
  if (seeds.length === 1) return []
  return [
    {
      type: 'series',
      title: `${name}: reward per step, by seed`,
      x: timeAxis,
      y: rewardAxis,
      lines: seeds.map((one) => seedLine(one, rewardPerStep)),
      references: referencesIn(condition, 'reward per step'),
    },
  ]
}
