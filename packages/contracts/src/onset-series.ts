import type { OnsetCurve } from './gate-reports.ts'
import type { SeriesPart } from './report.ts'

/** A rule's measure over versions, or over training steps if all have them, with the rule's line. */
export function onsetSeries({ rule, measure, scale, line, points }: OnsetCurve): SeriesPart {
  const steps = points.every(({ step }) => step !== null)
  const title = scale === 'measure' ? measure : `${measure}, difference from the baseline`
  return {
    type: 'series',
    title: rule,
    x: { title: steps ? 'training step' : 'version', scale: 'linear' },
    y: { title, scale: 'linear' },
    lines: [
      {
        name: measure,
        style: 'solid',
        points: points.map(({ version, step, value, low, high }) => ({
          x: steps ? (step ?? version) : version,
          y: { value, low, high },
        })),
      },
    ],
    references: [{ name: 'line of the rule', y: line }],
  }
}

/** Since when the rule is violated. */
export function onsetSentence({ rule, lastGood, firstBad }: OnsetCurve): string {
  if (firstBad === null) return `${rule} is not violated by the latest version that was decided`
  return lastGood === null
    ? `${rule} is violated by every version since ${firstBad}`
    : `${rule} is violated since version ${firstBad}; the last good one is ${lastGood}`
}
