import { noEngine, type EngineOnOffer, type Resources, type WorkerView } from '@goalpost/contracts'

type Capable = Pick<WorkerView, 'queues' | 'engines'>

/** Whether a worker takes and can run tasks with these needs, according to its announcement. */
export function canRun(worker: Capable, { engine, device }: Pick<Resources, 'engine' | 'device'>): boolean {
  if (!worker.queues.some((queue) => queue.device === device)) return false
  return engine === noEngine || offers(worker.engines ?? [], { engine, device })
}

/** Engines of one name on different devices are not equal: sums differ. */
export function offers(
  engines: readonly { readonly name: string; readonly device: Resources['device'] }[],
  { engine, device }: Pick<Resources, 'engine' | 'device'>,
): boolean {
  return engine === noEngine || engines.some((own) => own.name === engine && own.device === device)
}

/** The engines of all these workers: by name, those on GPUs last. */
export function enginesOnOffer(workers: readonly Capable[]): EngineOnOffer[] {
  const offered = new Map<string, EngineOnOffer>()
  for (const { queues, engines } of workers) {
    for (const { name, device } of engines ?? []) {
      const slots = queues.find((queue) => queue.device === device)?.slots ?? 0
      if (slots === 0) continue
      const known = offered.get(`${device} ${name}`) ?? { name, device, workers: 0, slots: 0 }
      offered.set(`${device} ${name}`, { ...known, workers: known.workers + 1, slots: known.slots + slots })
    }
  }
  return [...offered].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, engine]) => engine)
}

/**
 * Why a task with these needs would wait, for people; null if a worker can run it, or if one that has just started
 * may be able to.
 */
export function explainWait(workers: readonly Capable[], needs: Pick<Resources, 'engine' | 'device'>): string | null {
  if (workers.some((worker) => canRun(worker, needs) || worker.engines === null)) return null
  if (workers.length === 0) return 'waiting for a worker; none is running'
  const what = needs.engine === noEngine ? `that serves the ${needs.device} queue` : `with ${needs.engine}`
  const where = needs.device === 'gpu' && needs.engine !== noEngine ? ' on a GPU' : ''
  return `waiting for a worker ${what}${where}; none is running`
}
