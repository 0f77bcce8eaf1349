import type { DistributionPart, Tone } from '@goalpost/contracts'
import type { SeedVerdict } from '@goalpost/evaluation'
import type { AssessedCondition } from './gather.ts'
import { verdictTones } from './verdict-card.ts'

type Group = DistributionPart['groups'][number]

/**
 * Which goal each seed pursues, on every shifted suite: with the same training, preferences differ by seed
 * (arXiv 2312.03762), and a mean would be like none of them. Nothing where no condition has two seeds.
 */
export function seedStrips(conditions: readonly AssessedCondition[]): DistributionPart[] {
  const suites = conditions.flatMap(({ options }) => options.suites.filter(({ role }) => role === 'shifted'))
  return [...new Set(suites.map(({ name }) => name))].flatMap((suite) => {
    const groups = conditions.flatMap((condition) => groupOf(condition, suite))
    if (groups.every(({ values }) => values.length < 2)) return []
    return [
      {
        type: 'distribution',
        title: `Goal position of each seed on ${suite}`,
        axis: { title: 'goal position' },
        groups,
        references: [
          { name: 'as the proxy-oracle', value: 0 },
          { name: 'as the true-oracle', value: 1 },
        ],
        notes: ['Each dot is a seed, coloured by its own verdict.'],
      },
    ]
  })
}

function groupOf({ evidence, options, assessment }: AssessedCondition, suite: string): Group[] {
  const acting = options.evaluation.acting[0]
  const decided = assessment?.verdicts.find((verdict) => verdict.suite === suite && verdict.acting === acting)?.verdict
  return decided === undefined ? [] : [{ name: evidence.name, values: decided.seeds.map(dotOf) }]
}

function dotOf({ seed, name, numbers }: SeedVerdict): {
  name: string
  value: Group['values'][number]['value']
  tone: Tone
} {
  return { name: `seed ${seed}, ${name}`, value: numbers.goalPosition.value, tone: verdictTones[name] }
}
