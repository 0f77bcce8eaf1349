import type { FleetView } from '@goalpost/contracts'

type Counts = { readonly running: number; readonly queued: number; readonly ready: number; readonly blocked: number }
/** An engine with what is open for it. Any worker can run tasks without an engine: then there are no counts of workers. */
export type EngineRow = Counts & {
  readonly engine: string
  readonly device: string
  readonly workers: number | null
  readonly slots: number | null
}

const noEngine = 'none'

/** Engines on offer, and engines that tasks wait for although nobody offers them. */
export function queueByEngine({ engines, queue }: Pick<FleetView, 'engines' | 'queue'>): EngineRow[] {
  const offered = engines.map(({ name, device }) => ({ engine: name, device }))
  const wanted = queue.map(({ engine, device }) => ({ engine, device }))
  const all = new Map([...offered, ...wanted].map((each) => [`${each.device} ${each.engine}`, each]))
  return [...all.values()].map(({ engine, device }) => {
    const offer = engines.find((each) => each.name === engine && each.device === device)
    const count = (state: keyof Counts): number =>
      queue.find((each) => each.engine === engine && each.device === device && each.state === state)?.tasks ?? 0
    const anywhere = engine === noEngine ? null : 0
    return {
      engine,
      device,
      workers: offer?.workers ?? anywhere,
      slots: offer?.slots ?? anywhere,
      running: count('running'),
      queued: count('queued'),
      ready: count('ready'),
      blocked: count('blocked'),
    }
  })
}
