import type { ReportPart } from '@goalpost/contracts'
import { estimateMean } from '@goalpost/experiments'
import type { Assessment } from '../assess.ts'
import { afterwards } from '../seed-readings.ts'

/** The proxy's rate by kind of prompt, trained kinds first. One per experiment. */
export function buildKindsHeatmaps(assessments: readonly Assessment[]): ReportPart[] {
  return [...new Set(assessments.map(({ experiment }) => experiment))].map((experiment) => {
    const { trained, shifted } = experiment.readings
    const own = assessments.filter((assessment) => assessment.experiment === experiment)
    const kinds = [
      ...trained.kinds.map((kind) => ({ ...trained, kinds: [kind] })),
      ...shifted.kinds.map((kind) => ({ ...shifted, kinds: [kind] })),
    ]
    return {
      type: 'heatmap',
      title: 'The proxy’s rate by kind of prompt',
      rows: { title: 'condition', labels: own.map(({ name }) => name) },
      columns: { title: `${trained.title}, then ${shifted.title}`, labels: kinds.map(({ kinds: [kind] }) => kind) },
      values: own.map(({ seeds, options }) =>
        kinds.map((reading) => estimateMean(afterwards(reading, seeds), options.verdict.level).value),
      ),
      scale: { low: 0, high: 1 },
      caption: 'Mean over seeds, after the last stage.',
    }
  })
}
