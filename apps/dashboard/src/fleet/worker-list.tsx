import type { FleetView } from '@goalpost/contracts'
import { RelativeTime } from '../design/relative-time.tsx'

/** The live workers; hosts only for operators. */
export function WorkerList({ fleet: { workers, starting, items } }: { readonly fleet: FleetView }) {
  return (
    <section aria-labelledby="workers">
      <h2 id="workers">
        {workers} {workers === 1 ? 'worker' : 'workers'}
        {starting > 0 && `, ${starting} starting`}
      </h2>
      {items.length === 0 ? (
        <p className="note">Hosts are shown to operators only.</p>
      ) : (
        <ul className="workers">
          {items.map((worker) => (
            <Worker key={worker.id} worker={worker} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Worker({ worker }: { readonly worker: FleetView['items'][number] }) {
  const { id, host, cores, queues, engines, startedAt, lastSeenAt, codeRevision } = worker
  return (
    <li className="card">
      <h3>{host}</h3>
      <p className="soft">
        <code>{id}</code>
      </p>
      <dl>
        <dt>Slots</dt>
        <dd>{queues.map(slotsOf).join(', ')}</dd>
        <dt>Cores</dt>
        <dd>{cores}</dd>
        <dt>Engines</dt>
        <dd>{engines === null ? 'starting' : engines.map(({ name }) => name).join(', ')}</dd>
        <dt>Started</dt>
        <dd>
          <RelativeTime at={startedAt} />
        </dd>
        <dt>Last seen</dt>
        <dd>
          <RelativeTime at={lastSeenAt} />
        </dd>
        <dt>Code</dt>
        <dd>
          <code>{codeRevision.slice(0, 12)}</code>
        </dd>
      </dl>
    </li>
  )
}

function slotsOf({ device, slots, shortSlots = 0 }: FleetView['items'][number]['queues'][number]): string {
  return shortSlots === 0 ? `${slots} ${device}` : `${slots} ${device} + ${shortSlots} short`
}
