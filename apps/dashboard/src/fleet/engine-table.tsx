import type { FleetView } from '@goalpost/contracts'
import { queueByEngine, type EngineRow } from './queue-by-engine.ts'

/** Every engine that is offered or waited for, with its slots and open tasks. */
export function EngineTable({ fleet }: { readonly fleet: FleetView }) {
  const rows = queueByEngine(fleet)
  if (rows.length === 0) return <NoWorker />
  return (
    <section aria-labelledby="engines">
      <h2 id="engines">Engines and queue</h2>
      <p className="note">Tasks of this workspace. A slot is counted for every engine of its worker.</p>
      <div className="wide" tabIndex={0} role="group" aria-label="Engines and queue">
        <table className="fleet">
          <thead>
            <tr>
              <th scope="col">engine</th>
              <th scope="col">device</th>
              {['workers', 'slots', 'running', 'queued', 'ready', 'blocked'].map((title) => (
                <th scope="col" key={title} className="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <EngineTableRow key={`${row.device} ${row.engine}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function NoWorker() {
  return (
    <section className="panel">
      <h2>No worker runs</h2>
      <p>
        Experiments wait until one starts: <code>npx goalpost up</code> on one machine, or a worker of the cluster.
      </p>
    </section>
  )
}

function EngineTableRow({ row }: { readonly row: EngineRow }) {
  const { engine, device, workers, slots, running, queued, ready, blocked } = row
  return (
    <tr>
      <th scope="row">
        {engine === 'none' ? 'without tensors' : engine}
        {workers === 0 && <small className="caution"> no live worker has it</small>}
      </th>
      <td>{device}</td>
      {Object.entries({ workers, slots, running, queued, ready, blocked }).map(([name, count]) => (
        <td key={name} className="number">
          {count ?? 'any'}
        </td>
      ))}
    </tr>
  )
}
