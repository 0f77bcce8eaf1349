import type { ExperimentView, Report } from '@goalpost/contracts'
import { formatInterval, formatNumber } from '@goalpost/report-view'
import { useMemo, useState } from 'react'
import { VerdictLegend } from '../design/verdict-legend.tsx'
import { describeCounts } from './describe-counts.ts'
import { DoseChart } from './dose-chart.tsx'
import { doseOptions, doseResponses } from './dose-response.ts'
import './dose.css'

type Props = { readonly experiment: ExperimentView; readonly report: Report | null }

/** How the answer changes with a numeric option of a grid; nothing where no grid has one. */
export function DosePanel({ experiment, report }: Props) {
  const options = useMemo(() => doseOptions(experiment.resolved), [experiment.resolved])
  const [chosenOption, setOption] = useState<string | null>(null)
  const [chosenKey, setKey] = useState<string | null>(null)
  const option = options.find((each) => each === chosenOption) ?? options[0]
  const responses = useMemo(
    () => (option === undefined ? [] : doseResponses(experiment, report, option)),
    [experiment, report, option],
  )
  const response = responses.find(({ key }) => key === chosenKey) ?? responses[0]
  if (option === undefined || response === undefined) return null
  const counts = describeCounts(response.points)
  return (
    <figure className="dose-panel">
      <h3>
        {response.title} by {option}
      </h3>
      <p className="choices">
        <Choice label="Number" value={response.key} onChange={setKey}>
          {responses.map(({ key, title }) => [key, title])}
        </Choice>
        {options.length > 1 && (
          <Choice label="Option" value={option} onChange={setOption}>
            {options.map((each) => [each, each])}
          </Choice>
        )}
      </p>
      <DoseChart response={response} option={option} />
      <VerdictLegend points={response.points} />
      <figcaption>
        Bars: the mean over seeds with its interval{counts === null ? '' : `, ${counts}`}; colour and dash: the verdict.
        {response.points.some(({ dots }) => dots.length > 0) && ' Dots: each seed.'}
        {(response.fitted ?? []).map(
          ({ name, estimate }) =>
            ` Vertical: on ${name} the finding changes at ${formatNumber(estimate.value)} ${formatInterval(estimate)}` +
            `${estimate.count === undefined ? '' : ` (n = ${estimate.count})`}.`,
        )}
        {options.length > 1 && ' Conditions that differ in other options as well share a dose.'}
      </figcaption>
    </figure>
  )
}

type ChoiceProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: readonly (readonly [value: string, title: string])[]
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <label className="field">
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {children.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}
