import type { OnsetCurve } from '@goalpost/contracts'
import type { DoseResponse } from '../dose/dose-response.ts'

const tones = { holds: 'good', violated: 'bad', open: 'neutral' } as const

const words = { holds: 'keeps the rule', violated: 'violates the rule', open: 'undecided' } as const

/** A watched measure over the versions of a model, as a chart draws a number against a dose. */
export function onsetResponse({ rule, measure, scale, line, points }: OnsetCurve): DoseResponse {
  const name = measure.replaceAll('-', ' ')
  return {
    key: rule,
    title: scale === 'difference' ? `${name}, from the baseline` : name,
    threshold: line,
    counted: true,
    points: points.map(({ version, value, low, high, units, state }) => ({
      condition: `version ${version}, ${state}`,
      dose: version,
      tone: tones[state],
      verdict: words[state],
      estimate: { value, low, high, count: units },
      dots: [],
    })),
  }
}
