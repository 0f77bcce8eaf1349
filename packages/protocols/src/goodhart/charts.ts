import { isMissing, type Estimate, type SeriesPart } from '@goalpost/contracts'
import { estimateMean } from '@goalpost/experiments'
import { estimateTailIndexOverSeeds } from './intervals.ts'
import type { CurvePoint, Pressure } from './measures.ts'
import type { Assessment } from './verdict.ts'

type Axis = SeriesPart['x']
type Gain = 'utilityGain' | 'rewardGain'
type Line = SeriesPart['lines'][number]

const axes = {
  n: { title: 'N', scale: 'log' },
  kl: { title: 'KL from the base policy (nats)', scale: 'linear' },
  depth: { title: 'depth: the top 1/depth of the draws is raised', scale: 'log' },
  utility: { title: 'utility gain (SD)', scale: 'linear' },
  reward: { title: 'reward gain (SD)', scale: 'log' },
} as const satisfies Record<string, Axis>

/** All curves, one line per condition, with Student-t intervals over seeds. */
export function buildCharts(assessments: readonly Assessment[]): SeriesPart[] {
  const base = [{ name: 'base policy', y: 0 }]
  const chart = (
    title: string,
    x: Axis,
    curve: { pressure: Pressure; gain: Gain; along: 'strength' | 'kl' },
  ): SeriesPart => ({
    type: 'series',
    title,
    x,
    y: curve.gain === 'utilityGain' ? axes.utility : axes.reward,
    lines: assessments.map((assessment) => drawLine(assessment, curve)),
    references: curve.gain === 'utilityGain' ? base : [],
  })
  return [
    chart('Best-of-N: utility against N', axes.n, { pressure: 'best-of-n', gain: 'utilityGain', along: 'strength' }),
    chart('Best-of-N: reward against N', axes.n, { pressure: 'best-of-n', gain: 'rewardGain', along: 'strength' }),
    chart('Best-of-N: utility against KL', axes.kl, { pressure: 'best-of-n', gain: 'utilityGain', along: 'kl' }),
    chart('KL penalty: utility against KL', axes.kl, { pressure: 'tilted', gain: 'utilityGain', along: 'kl' }),
    chart('KL penalty: reward against KL', axes.kl, { pressure: 'tilted', gain: 'rewardGain', along: 'kl' }),
    chart('Tail raised at equal KL: utility', axes.depth, { pressure: 'tail', gain: 'utilityGain', along: 'strength' }),
    chart('Tail raised at equal KL: reward', axes.depth, { pressure: 'tail', gain: 'rewardGain', along: 'strength' }),
    buildHillChart(assessments),
  ]
}

function drawLine(assessment: Assessment, curve: { pressure: Pressure; gain: Gain; along: 'strength' | 'kl' }): Line {
  const { level } = assessment.options.verdict
  const points = pointsByStrength(assessment, curve.pressure).map((seeds) => ({
    x: estimatedValue(
      estimateMean(
        seeds.map((point) => point[curve.along]),
        level,
      ),
    ),
    y: estimateMean(
      seeds.map((point) => point[curve.gain]),
      level,
    ),
  }))
  return { name: assessment.name, points, style: 'solid' }
}

function pointsByStrength({ seeds }: Assessment, pressure: Pressure): CurvePoint[][] {
  const points = seeds.flatMap(({ curves }) => curves[pressure])
  const strengths = [...new Set(points.map(({ strength }) => strength))].toSorted((left, right) => left - right)
  return strengths.map((strength) => points.filter((point) => point.strength === strength))
}

function estimatedValue({ value }: Estimate): number {
  return isMissing(value) ? 0 : value
}

function buildHillChart(assessments: readonly Assessment[]): SeriesPart {
  return {
    type: 'series',
    title: 'Hill estimate of the reward’s tail index',
    x: { title: 'top fraction of the draws', scale: 'log' },
    y: { title: 'tail index', scale: 'linear' },
    lines: assessments.map((assessment) => ({ name: assessment.name, points: hillPoints(assessment), style: 'solid' })),
    references: [],
  }
}

function hillPoints({ seeds, options }: Assessment): Line['points'] {
  const fractions = options.hillFractions.toSorted((left, right) => left - right)
  return fractions.flatMap((fraction) => {
    const values = seeds.flatMap(({ tailIndices }) =>
      tailIndices.flatMap(({ of, fraction: own, value }) =>
        of === 'reward' && own === fraction && !isMissing(value) ? [value] : [],
      ),
    )
    return values.length === 0 ? [] : [{ x: fraction, y: estimateTailIndexOverSeeds(values, options.verdict.level) }]
  })
}
