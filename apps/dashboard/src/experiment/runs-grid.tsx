import type { ExperimentView, Report, RunView } from '@goalpost/contracts'
import { useMemo, useState } from 'react'
import { isPaused } from '../design/experiment-state-mark.tsx'
import { RunCell } from './run-cell.tsx'
import { seedClasses, type SeedClass } from './seed-classes.ts'

type Props = { readonly experiment: ExperimentView; readonly report: Report | null }
type View = 'state' | 'verdict'

/** Condition × seed, by state or by the seed's own verdict. A cell opens the run's tasks. */
export function RunsGrid({ experiment, report }: Props) {
  const classes = useMemo(() => seedClasses(report), [report])
  const [view, setView] = useState<View>('state')
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      {classes.size > 0 && <ViewChoice view={view} onChange={setView} />}
      <RunTable
        runs={experiment.runs}
        classes={view === 'verdict' ? classes : new Map()}
        isPaused={isPaused(experiment)}
      />
    </section>
  )
}

type TableProps = {
  readonly runs: readonly RunView[]
  /** By `condition⏎seed`; cells without one show their state. */
  readonly classes: ReadonlyMap<string, SeedClass>
  readonly isPaused: boolean
}

function RunTable({ runs, classes, ...standing }: TableProps) {
  const byPlace = new Map(runs.map((run) => [`${run.condition}\n${run.seed}`, run]))
  const conditions = [...new Set(runs.map(({ condition }) => condition))]
  const seeds = [...new Set(runs.map(({ seed }) => seed))].toSorted((a, b) => a - b)
  return (
    <div className="wide" tabIndex={0} role="region" aria-label="Runs by condition and seed">
      <table className="runs">
        <thead>
          <tr>
            <th scope="col">condition</th>
            {seeds.map((seed) => (
              <th scope="col" key={seed}>
                seed {seed}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {conditions.map((condition) => (
            <tr key={condition}>
              <th scope="row">{condition}</th>
              {seeds.map((seed) => {
                const place = `${condition}\n${seed}`
                return (
                  <td key={seed}>
                    <RunCell run={byPlace.get(place)} seedClass={classes.get(place)} {...standing} />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ViewChoice({ view, onChange }: { readonly view: View; readonly onChange: (view: View) => void }) {
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">Colour the runs by</legend>
      {(['state', 'verdict'] as const).map((each) => (
        <label key={each} className="check">
          <input type="radio" name="runs-view" checked={view === each} onChange={() => onChange(each)} />
          {each === 'state' ? 'State' : 'Verdict of each seed'}
        </label>
      ))}
    </fieldset>
  )
}
