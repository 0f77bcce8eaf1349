import type { GateSummary } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { RelativeTime } from '../design/relative-time.tsx'
import { useSession } from '../session/session.ts'
import { PageList } from '../shell/page-list.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { OutcomeMark } from './outcome-mark.tsx'

const pollMs = 10_000
const pageSize = 100

type Props = {
  readonly model?: string
  /** With the id `gates`; null where the page has one. */
  readonly title?: ReactNode
}

/** Gates, each with its latest run; of one model, or of all. */
export function GateList({ model, title = <h2 id="gates">Gates</h2> }: Props) {
  const { client } = useSession()
  const ofModel = model === undefined ? {} : { model }
  const gates = usePages(
    ['gates', model ?? null],
    sourceOf(
      (query) => client.gates({ ...query, ...ofModel }),
      ({ name }) => name,
      pageSize,
    ),
    {
      refetchInterval: pollMs,
    },
  )
  return (
    <section aria-labelledby="gates">
      {title}
      <PageList pages={gates} empty={<NoGates />}>
        {(items) => <GateTable gates={items} showsModel={model === undefined} />}
      </PageList>
    </section>
  )
}

type TableProps = { readonly gates: readonly GateSummary[]; readonly showsModel: boolean }

function GateTable({ gates, showsModel }: TableProps) {
  return (
    <div className="wide" tabIndex={0} role="group" aria-label="Gates">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">gate</th>
            {showsModel && <th scope="col">model</th>}
            <th scope="col">latest run</th>
            <th scope="col" className="number">
              version
            </th>
            <th scope="col">started</th>
          </tr>
        </thead>
        <tbody>
          {gates.map((gate) => (
            <GateRow key={gate.name} gate={gate} showsModel={showsModel} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function NoGates() {
  return (
    <section className="panel">
      <p>
        <strong>No gates yet.</strong> A gate tests every new version of a model: on which levels, and what it must
        still achieve there, is written in a file.
      </p>
      <pre>
        <code>npx goalpost gates apply gate.yaml</code>
      </pre>
    </section>
  )
}

type RowProps = { readonly gate: GateSummary; readonly showsModel: boolean }

function GateRow({ gate: { name, model, latest }, showsModel }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <Link to="/gates/$name" params={{ name }}>
          {name}
        </Link>
      </th>
      {showsModel && (
        <td>
          <Link to="/models/$name" params={{ name: model }}>
            {model}
          </Link>
        </td>
      )}
      <td>{latest === null ? <span className="soft">has not run</span> : <OutcomeMark run={latest} />}</td>
      <td className="number">{latest?.version ?? '–'}</td>
      <td>{latest === null ? '–' : <RelativeTime at={latest.createdAt} />}</td>
    </tr>
  )
}
