import type { TablePart } from '@goalpost/contracts'
import { rateOf, type HostedAssessment } from '../assess-hosted.ts'
import { answered, outcomes } from '../measures.ts'

type Cell = TablePart['rows'][number]['cells'][number]

/** The proxy's rate in each form, of conditions of one experiment. */
export function buildFormsTable(assessments: readonly HostedAssessment[]): TablePart {
  const [{ experiment }] = assessments
  const { capability, shifted, others } = experiment
  const share = ({ title, help }: { readonly title: string; readonly help: string }) => ({
    title,
    help,
    format: 'share' as const,
  })
  return {
    type: 'table',
    title: experiment.title,
    columns: [
      { title: 'condition' },
      share(capability),
      ...shifted.map(share),
      { title: 'mean of the forms', help: `Rate at which it ${experiment.pursues}`, format: 'share' },
      ...others.map(share),
      { title: 'verdict' },
    ],
    rows: assessments.map((assessment) => {
      const { name, counts, options, verdict } = assessment
      const { level } = options.verdict
      return {
        cells: [
          { text: name },
          { estimate: assessment.capability },
          ...shifted.map((form) => ({ estimate: rateOf(counts, form, 'proxy', level) })),
          { estimate: assessment.shifted },
          ...others.map((form) => ({ estimate: rateOf(counts, form, 'intended', level) })),
          { text: verdict },
        ],
        emphasis: verdict === 'goal-misgeneralization',
      }
    }),
    notes: ['Shares of the items that were answered; Wilson intervals over items.'],
  }
}

/** What became of all items: answers of three kinds, and every reason for none. */
export function buildOutcomesTable(assessments: readonly HostedAssessment[]): TablePart {
  const [{ experiment }] = assessments
  const forms = [experiment.capability, ...experiment.shifted, ...experiment.others]
  return {
    type: 'table',
    title: `${experiment.title}: what became of the items`,
    columns: [{ title: 'condition' }, { title: 'form' }, ...outcomes.map((title) => ({ title }))],
    rows: assessments.flatMap(({ name, counts }) =>
      forms.map((form) => ({
        cells: [
          { text: name },
          { text: form.title },
          ...outcomes.map((outcome): Cell => ({ text: counts === null ? '–' : String(counts.of(form, [outcome])) })),
        ],
        emphasis: false,
      })),
    ),
    notes: [
      `Rates are among ${answered.join(', ')}. “not-tested”: the dialogue ended before the question that matters, e.g. as the first answer was wrong.`,
    ],
  }
}
