import type { Dispatcher, JobProducer } from '@goalpost/experiments'
import type { Logger } from '@goalpost/telemetry'
import { startPollLoop } from './poll-loop.ts'

export type ControlLoops = {
  /** There may be something to dispatch. */
  wake(): void
  /** Whether every loop's last step worked. */
  isHealthy(): boolean
  stop(): Promise<void>
}

export type ControlLoopOptions = {
  readonly dispatcher: Dispatcher
  readonly producer: Pick<JobProducer, 'add' | 'known'>
  readonly lookAhead: number
  readonly log: Logger
}

/** An idle poll costs one indexed query; a completion in this process wakes the dispatcher at once anyway. */
const dispatchIntervalMs = 100
const reapIntervalMs = 1_000
/** Losing the queue is rare, and asking it about every job is not free. */
const reconcileIntervalMs = 5_000

/**
 * Runs in every worker, so that none of them is special: moves ready tasks into the queue, makes those ready again whose
 * job got lost, and takes tasks back from workers that fell silent.
 */
export function startControlLoops({ dispatcher, producer, lookAhead, log }: ControlLoopOptions): ControlLoops {
  const failing = new Set<string>()
  const loop = (name: string, intervalMs: number, step: () => Promise<boolean>) =>
    startPollLoop({
      step,
      intervalMs,
      onHealth(error) {
        if (error === null) failing.delete(name)
        else failing.add(name)
        if (error === null) log.info({ loop: name }, 'works again')
        else log.warn({ loop: name, err: error }, 'fails, and will be tried again')
      },
    })

  const dispatch = loop(
    'dispatch',
    dispatchIntervalMs,
    async () => (await dispatcher.dispatch(lookAhead, producer.add)) > 0,
  )
  const wakeAfter = async (name: string, count: Promise<number>): Promise<boolean> => {
    const changed = await count
    if (changed > 0) {
      log.warn({ loop: name, tasks: changed }, 'made tasks ready again')
      dispatch.wake()
    }
    return false
  }
  const reconcile = loop('reconcile', reconcileIntervalMs, () =>
    wakeAfter('reconcile', dispatcher.requeueLost(producer.known)),
  )
  const reap = loop('reap', reapIntervalMs, () => wakeAfter('reap', dispatcher.reapExpired()))

  return {
    wake: dispatch.wake,
    isHealthy: () => failing.size === 0,
    async stop() {
      await Promise.all([dispatch.stop(), reconcile.stop(), reap.stop()])
    },
  }
}
