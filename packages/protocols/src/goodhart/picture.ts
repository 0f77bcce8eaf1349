import type { PicturePart } from '@goalpost/contracts'
import { mean } from '@goalpost/statistics'
import type { Assessment } from './verdict.ts'

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** Utility and reward against N, two rows of bars per condition. */
export function buildPicture(assessments: readonly Assessment[]): PicturePart {
  const finished = assessments.filter(({ seeds }) => seeds.length > 0)
  const width = Math.max(0, ...finished.map(({ name }) => name.length))
  return {
    type: 'picture',
    title: 'Best-of-N at a glance',
    lines: finished.flatMap((assessment) => drawCondition(assessment, width)),
    caption:
      'From the smallest N to the largest; utility between 0 (the base policy) and its own peak, reward on a log scale.',
  }
}

function drawCondition({ name, options, seeds }: Assessment, width: number): string[] {
  const gains = options.bestOfN.flatMap((n) => {
    const points = seeds.flatMap(({ curves }) => curves['best-of-n'].find(({ strength }) => strength === n) ?? [])
    return points.length === 0
      ? []
      : [{ utility: mean(points.map((p) => p.utilityGain)), reward: mean(points.map((p) => p.rewardGain)) }]
  })
  const utilities = gains.map(({ utility }) => utility)
  const rewards = gains.map(({ reward }) => reward)
  return [
    `${name.padEnd(width)}  utility ${drawBars(
      utilities.map((value) => Math.max(value, 0)),
      0,
    )}  ${span(utilities)}`,
    `${' '.repeat(width)}  reward  ${drawBars(rewards.map((value) => Math.log(Math.max(value, Number.MIN_VALUE))))}  ${span(rewards)}`,
  ]
}

function drawBars(values: readonly number[], floor = Math.min(...values)): string {
  const height = Math.max(...values) - floor
  return values
    .map((value) => bars[height > 0 ? Math.round(((value - floor) / height) * (bars.length - 1)) : 0])
    .join('')
}

function span(values: readonly number[]): string {
  if (values.length === 0) return ''
  const format = (value: number) => value.toPrecision(2)
  return `${format(values[0])} → ${format(values[values.length - 1])} (peak ${format(Math.max(...values))})`
}
