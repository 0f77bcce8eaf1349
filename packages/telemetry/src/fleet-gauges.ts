import { Gauge, type Registry } from 'prom-client'
import type { FleetReading } from './metrics.ts'

/** Below the scrape timeout of Prometheus (10 s): a database that hangs is down too. */
const deadlineMs = 2_500

/**
 * Gauges of what only the database knows, read on a scrape and never otherwise. Every API process shows the same values: use `max by`,
 * not `sum`. If the database does not answer in time they are missing, and `goalpost_database_up` is 0.
 */
export function addFleetGauges(registers: Registry[]): (reading: FleetReading) => void {
  return (reading) => {
    const read = readInTime(reading)
    let scrape: Promise<boolean> | null = null
    // A registry collects all metrics at once, and each of these waits for the one reading.
    const refresh = (): Promise<boolean> => {
      scrape ??= readInto(gauges, read).finally(() => {
        scrape = null
      })
      return scrape
    }
    const gauges = createGauges(registers, async () => void (await refresh()))
    const up = { name: 'goalpost_database_up', help: 'Whether the database answered this scrape in time', registers }
    new Gauge({
      ...up,
      async collect() {
        this.set(Number(await refresh()))
      },
    })
  }
}

function createGauges(registers: Registry[], collect: () => Promise<void>) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames, registers, collect })
  return {
    tasks: gauge('goalpost_tasks', 'Tasks that have not ended, by workspace, device and state', [
      'workspace',
      'device',
      'state',
    ]),
    experiments: gauge('goalpost_experiments', 'Experiments that have not ended, by workspace and state', [
      'workspace',
      'state',
    ]),
    verdicts: gauge('goalpost_verdicts', 'Latest verdicts of all conditions, by workspace', ['workspace', 'verdict']),
    workers: gauge('goalpost_workers', 'Live workers that serve a device', ['device']),
    slots: gauge('goalpost_worker_slots', 'Slots of the live workers, by device and lane', ['device', 'lane']),
  }
}

type Read = () => Promise<readonly [Counts, Workers] | null>

/** Null if it fails or takes too long. A reading that hangs is waited for again, so that scrapes do not pile up queries. */
function readInTime({ counts, workers }: FleetReading): Read {
  let pending: ReturnType<Read> | null = null
  return async () => {
    pending ??= Promise.all([counts(), workers()])
      .catch(() => null)
      .finally(() => {
        pending = null
      })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, deadlineMs, null)
    })
    return Promise.race([pending, late]).finally(() => clearTimeout(timer))
  }
}

async function readInto(gauges: Gauges, read: Read): Promise<boolean> {
  const found = await read()
  for (const gauge of Object.values(gauges)) gauge.reset()
  if (found !== null) show(gauges, ...found)
  return found !== null
}

type Gauges = ReturnType<typeof createGauges>
type Counts = Awaited<ReturnType<FleetReading['counts']>>
type Workers = Awaited<ReturnType<FleetReading['workers']>>

function show(gauges: Gauges, { tasks, experiments, verdicts }: Counts, workers: Workers): void {
  for (const { count, ...labels } of tasks) gauges.tasks.set(labels, count)
  for (const { count, ...labels } of experiments) gauges.experiments.set(labels, count)
  for (const { count, ...labels } of verdicts) gauges.verdicts.set(labels, count)
  // Zero rather than nothing: an alert must see that no worker is left.
  for (const device of ['cpu', 'gpu'] as const) {
    const queues = workers.flatMap((worker) => worker.queues.filter((queue) => queue.device === device))
    gauges.workers.set({ device }, queues.length)
    gauges.slots.set({ device, lane: 'any' }, total(queues.map(({ slots }) => slots)))
    gauges.slots.set({ device, lane: 'short' }, total(queues.map(({ shortSlots = 0 }) => shortSlots)))
  }
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)
