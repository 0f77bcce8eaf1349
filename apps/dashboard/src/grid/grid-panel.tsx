import type { ExperimentView } from '@goalpost/contracts'
import { useMemo, useState } from 'react'
import { gridOptions, gridResults } from './grid-points.ts'
import { ImportanceList } from './importance-list.tsx'
import { importanceOf } from './importance.ts'
import { ParallelChart } from './parallel-chart.tsx'
import './grid.css'

/** All options of a grid at once against a number of the verdicts; nothing where fewer than two are varied. */
export function GridPanel({ experiment }: { readonly experiment: ExperimentView }) {
  const options = useMemo(() => gridOptions(experiment.resolved), [experiment.resolved])
  const results = useMemo(() => gridResults(experiment), [experiment])
  const [chosen, setChosen] = useState<string | null>(null)
  const result = results.find(({ key }) => key === chosen) ?? results.find(isUsual) ?? results[0]
  const importance = useMemo(
    () =>
      result === undefined
        ? null
        : importanceOf(
            result.points,
            options.map(({ path }) => path),
          ),
    [result, options],
  )
  if (options.length === 0 || result === undefined) return null
  return (
    <figure className="grid-panel">
      <h3>{result.title} over the grid</h3>
      <p className="choices">
        <label className="field">
          Number of the grid
          <select value={result.key} onChange={({ target }) => setChosen(target.value)}>
            {results.map(({ key, title }) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </p>
      <ParallelChart options={options} result={result} />
      <ImportanceList importance={importance} />
      <figcaption>
        One line for each condition, with the colour and dash of its verdict; point at a line for its name, or open the
        list. Importance: the share of the variance between conditions that the means of an option&rsquo;s values
        explain alone (η²). What options do only together belongs to none of them.
      </figcaption>
    </figure>
  )
}

/** Most verdicts rest on it. */
const isUsual = ({ key }: { readonly key: string }): boolean => key === 'goal-position'
