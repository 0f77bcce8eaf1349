import type { Estimate, Quantity, TablePart } from '@goalpost/contracts'
import { estimateMean } from '@goalpost/experiments'
import type { Assessment } from '../assess.ts'
import type { Reading } from '../experiments/experiment.ts'
import type { HostedAssessment } from '../hosted/assess-hosted.ts'
import { afterwards } from '../seed-readings.ts'
import { pairedDifferences, shownReadings } from './tables.ts'

/** Trained conditions against the baseline, paired by seed; none without others of the same experiment. */
export function buildDifferenceTable(assessments: readonly Assessment[], baseline: string): TablePart[] {
  const first = assessments.find(({ name }) => name === baseline)
  const others = assessments.filter((each) => each !== first && each.experiment === first?.experiment)
  if (first === undefined || others.length === 0) return []
  const readings = shownReadings([first, ...others])
  return [
    {
      type: 'table',
      title: `Differences to ${baseline}`,
      columns: [{ title: 'condition' }, ...readings.map(({ title, help }) => ({ title, help }))],
      rows: others.map((other) => ({
        cells: [
          { text: other.name },
          ...readings.map((reading) => {
            const differences = pairedDifferences(bySeed(reading, other), bySeed(reading, first))
            return { estimate: estimateMean(differences, other.options.verdict.level) }
          }),
        ],
        emphasis: false,
      })),
      notes: [
        'Condition − baseline after the last stage, paired by seed; Student-t intervals over the seeds that both have.',
      ],
    },
  ]
}

function bySeed(reading: Reading, { seeds }: Assessment): ReadonlyMap<number, Quantity> {
  const values = afterwards(reading, seeds)
  return new Map(seeds.map(({ seed }, index) => [seed, values[index]]))
}

/** Hosted models against the baseline; none without others that are asked the same. */
export function buildHostedDifferenceTable(assessments: readonly HostedAssessment[], baseline: string): TablePart[] {
  const first = assessments.find(({ name }) => name === baseline)
  const others = assessments.filter((each) => each !== first && each.experiment === first?.experiment)
  if (first === undefined || others.length === 0) return []
  const { capability, pursues } = first.experiment
  return [
    {
      type: 'table',
      title: `Differences to ${baseline}`,
      columns: [
        { title: 'condition' },
        { title: capability.title, help: capability.help },
        { title: 'mean of the forms', help: `Rate at which it ${pursues}` },
      ],
      rows: others.map((other) => ({
        cells: [
          { text: other.name },
          { estimate: rateDifference(other.capability, first.capability) },
          { estimate: rateDifference(other.shifted, first.shifted) },
        ],
        emphasis: false,
      })),
      notes: [
        'Condition − baseline; Newcombe’s intervals from those of both rates, as if their items were different ones.',
      ],
    },
  ]
}

/** Newcombe (1998), method 10: the distances to both bounds add up like those of independent rates. */
function rateDifference(left: Estimate, right: Estimate): Estimate {
  const [a, b] = [left.value, right.value]
  if (typeof a !== 'number') return { value: a }
  if (typeof b !== 'number') return { value: b }
  const value = a - b
  if (left.low === undefined || left.high === undefined || right.low === undefined || right.high === undefined)
    return { value }
  return {
    value,
    low: value - Math.hypot(a - left.low, right.high - b),
    high: value + Math.hypot(left.high - a, b - right.low),
    ...(left.level === undefined ? {} : { level: left.level }),
  }
}
