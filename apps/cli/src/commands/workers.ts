import type { FleetView, WorkerView } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { withService } from '../service/connect.ts'
import { formatAge } from '../terminal/numbers.ts'
import { renderTable } from '../terminal/table.ts'
import { slotsText } from '../terminal/slots-text.ts'
import { plain, plural } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'

/** The live workers and their engines. */
export async function workers({ context, global }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const fleet = await api.workers()
      if (global.json) printJson(context, fleet)
      else printLines(context, describe(context, fleet))
    },
  })
}

function describe(context: Context, fleet: FleetView): string[] {
  if (fleet.workers === 0) return ['No worker is running: experiments wait for one']
  const starting = fleet.starting === 0 ? '' : `, ${fleet.starting} still starting`
  const slots = fleet.items.flatMap(({ queues }) => queues).reduce((sum, queue) => sum + queue.slots, 0)
  return [
    `${plural(fleet.workers, 'worker')}${slots === 0 ? '' : `, ${slotsText(slots)}`}${starting}`,
    '',
    ...engineTable(context, fleet),
    ...(fleet.items.length === 0 ? [] : ['', ...workerTable(context, fleet.items)]),
  ]
}

function engineTable({ terminal }: Context, { engines }: FleetView): string[] {
  return renderTable(terminal, {
    columns: [
      { title: 'engine' },
      { title: 'device' },
      { title: 'workers', align: 'right' },
      { title: 'tasks at a time', align: 'right' },
    ],
    rows: engines.map(({ name, device, workers: count, slots }) =>
      [name, device, String(count), String(slots)].map((text) => ({ text: plain(text) })),
    ),
  })
}

function workerTable({ terminal, now }: Context, items: readonly WorkerView[]): string[] {
  return renderTable(terminal, {
    columns: ['host', 'worker', 'tasks at a time', 'engines', 'hardware', 'started'].map((title) => ({ title })),
    rows: items.map(({ id, host, queues, engines, startedAt }) =>
      [
        host,
        id.slice(-8),
        queues.map(({ device, slots }) => `${slots} on ${device}`).join(', '),
        engines?.map(({ name }) => name).join(', ') ?? 'finding out',
        [...new Set(engines?.flatMap(({ deviceName }) => deviceName ?? []))].join(', '),
        formatAge(startedAt, now()),
      ].map((text) => ({ text: plain(text) })),
    ),
  })
}
