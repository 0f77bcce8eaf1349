import type { ExperimentView, Report, RunView } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { StateMark } from '../design/state-mark.tsx'
import { ToneIcon } from '../design/tone-icon.tsx'
import { seedClasses, type SeedClass } from './seed-classes.ts'

type Props = { readonly experiment: ExperimentView; readonly report: Report | null }
type View = 'state' | 'verdict'

/** Condition × seed, by state or by the seed's own verdict. A cell opens the run's tasks. */
export function RunsGrid({ experiment: { runs }, report }: Props) {
  const classes = useMemo(() => seedClasses(report), [report])
  const [view, setView] = useState<View>('state')
  const byPlace = new Map(runs.map((run) => [`${run.condition}\n${run.seed}`, run]))
  const conditions = [...new Set(runs.map(({ condition }) => condition))]
  const seeds = [...new Set(runs.map(({ seed }) => seed))].toSorted((a, b) => a - b)
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      {classes.size > 0 && <ViewChoice view={view} onChange={setView} />}
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
                      <RunCell
                        run={byPlace.get(place)}
                        seedClass={view === 'verdict' ? classes.get(place) : undefined}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
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

function RunCell({ run, seedClass }: { readonly run: RunView | undefined; readonly seedClass: SeedClass | undefined }) {
  if (run === undefined) return '–'
  const { id, state, progress, condition, seed } = run
  const share = progress === null || progress.total === 0 ? null : Math.floor((100 * progress.done) / progress.total)
  return (
    <Link
      to="/runs/$id"
      params={{ id }}
      className="run-cell"
      aria-label={`${condition}, seed ${seed}: ${seedClass?.name ?? state}`}
    >
      {seedClass === undefined ? (
        <StateMark state={state} />
      ) : (
        <span className={`state tone-${seedClass.tone}`}>
          <ToneIcon tone={seedClass.tone} />
          {seedClass.name}
        </span>
      )}
      {state === 'running' && share !== null && <small> {share} %</small>}
    </Link>
  )
}
