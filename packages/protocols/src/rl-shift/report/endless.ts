import type { ReportPart, SeriesPart } from '@goalpost/contracts'
import type { EpisodeMeasure } from '@goalpost/environments'
import { isKnown } from '@goalpost/statistics'
import { measureSteps, stepMeasures } from '../../continuing/continuing-world.ts'
import { anchorNames } from '../../continuing/anchor-names.ts'
import { affinityCurves, affinityMaps, affinityProfile, affinityTable } from './endless-affinity.ts'
import { gatherEndless, meanLine, seedLine, type EndlessCondition, type Value } from './gather-endless.ts'
import type { AssessedCondition } from './gather.ts'

/** What became of agents that learned without an end: reward and affinity over time, in place of suites of episodes. */
export function endlessParts(conditions: readonly AssessedCondition[]): ReportPart[] {
  const endless = conditions.flatMap(gatherEndless)
  if (endless.length === 0) return []
  return [
    rewardCurves(endless),
    ...totalCurves(endless),
    ...endless.flatMap((one) => [
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

function rewardCurves(conditions: readonly EndlessCondition[]): SeriesPart {
  return {
    type: 'series',
    title: 'Reward per step, of a training without an end',
    x: timeAxis,
    y: rewardAxis,
    lines: conditions.map(({ name, seeds }) => meanLine(name, seeds, rewardPerStep)),
    references: referencesIn(conditions[0], 'reward per step'),
  }
}

/** Greedy's are of short streams: they do not last. */
function referencesIn({ anchors }: EndlessCondition, measure: string): SeriesPart['references'] {
  return anchorNames.flatMap((policy) => {
    const y = policy === 'proxy-oracle' ? null : anchors(policy, measure)
    return y === null ? [] : [{ name: policy, y }]
  })
}

/** What is measured in every step, whatever the situation; but not what is nothing else than the reward. */
function totalCurves(conditions: readonly EndlessCondition[]): SeriesPart[] {
  const [{ table }] = conditions
  const totals = stepMeasures(table).filter(
    (measure) => measure.per === 'step' && conditions.some((condition) => !isReward(condition, measure)),
  )
  return totals.map((measure) => ({
    type: 'series',
    title: `${measure.description}, of a training without an end`,
    x: timeAxis,
    y: { title: measure.name, scale: 'linear' },
    lines: conditions.map((condition) => meanLine(condition.name, condition.seeds, valueOf(condition, measure))),
    references: [],
  }))
}

function isReward({ seeds, table }: EndlessCondition, { counter }: EpisodeMeasure): boolean {
  const index = table.counters.indexOf(counter)
  return seeds.every(({ stretches }) => stretches.every(({ counters, reward }) => counters[index] === reward))
}

const valueOf =
  ({ table }: EndlessCondition, measure: EpisodeMeasure): Value =>
  (sums) => {
    const value = measureSteps(table, measure, sums)
    return isKnown(value) ? value : null
  }

/** A mean over seeds is like none of them where they collapse and recover at different times. */
function seedCurves(condition: EndlessCondition): SeriesPart[] {
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
