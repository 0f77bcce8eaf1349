import type {
  Collected,
  Dispatcher,
  JobProducer,
  WebhookDeliveries,
  WorkSignal,
  WorkWatch,
} from '@goalpost/experiments'
import type { Logger, Metrics } from '@goalpost/telemetry'
import { jitter } from './jitter.ts'
import { lookPause } from './look-pause.ts'
import { createWebhookSender, type SenderDependencies } from './webhooks/webhook-sender.ts'
import { startPollLoop, untilWoken, type PollLoop } from './poll-loop.ts'

export type ControlLoops = {
  /** Wakes the dispatcher. */
  wake(): void
  /** Whether every loop's last step worked. */
  isHealthy(): boolean
  stop(): Promise<void>
}

export type ControlLoopOptions = {
  readonly dispatcher: Dispatcher
  readonly producer: Pick<JobProducer, 'add' | 'known'>
  readonly watchWork: (
    onSignal: (signal: WorkSignal | 'lost') => void,
    options: { readonly preempts: boolean },
  ) => WorkWatch
  /** Starts what schedules have due. */
  readonly fireSchedules: () => Promise<number>
  /** Continues gate runs. */
  readonly stepGates: () => Promise<number>
  /** Adds rounds to searches. */
  readonly stepSearches: () => Promise<number>
  /** Cancels experiments whose deadline has passed. */
  readonly stopOverdue: () => Promise<number>
  /** Removes files that nothing needs, unless another process did lately. */
  readonly collectFiles: () => Promise<Collected | null>
  readonly webhooks: WebhookDeliveries
  readonly deliver: SenderDependencies['deliver']
  readonly lookAhead: number
  /** Null: running tasks keep their slots, even if others wait. */
  readonly preemptAfterMs: number | null
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'jobsLost' | 'leasesLost' | 'stageDuration'>
}

/** Another process is dispatching, and may have started before the wake. */
const busyPauseMs = 25

/** Between looks whether files are to be collected. */
const collectPauseMs = 600_000

/**
 * Runs in every worker, so that no worker is special: moves ready tasks into the queue, makes tasks ready again whose
 * job was lost, reclaims tasks of workers without a heartbeat, starts what schedules have due, and continues gate runs and searches. Each
 * loop sleeps until a poll or a notification of the database shows work for it.
 */
export function startControlLoops({
  dispatcher,
  producer,
  watchWork,
  fireSchedules,
  stepGates,
  stepSearches,
  stopOverdue,
  collectFiles,
  webhooks,
  deliver,
  lookAhead,
  preemptAfterMs,
  log,
  metrics,
}: ControlLoopOptions): ControlLoops {
  const { loop, isHealthy, stop } = createLoops(log)
  const repair = (name: string, work: () => Promise<number>, counter: Pick<Metrics['leasesLost'], 'inc'>) =>
    loop(name, async () => {
      const tasks = await work()
      if (tasks > 0) {
        counter.inc(tasks)
        log.warn({ loop: name, tasks }, 'made tasks ready again')
        dispatch.wake()
      }
      return untilWoken
    })
  const add: JobProducer['add'] = async (jobs) => {
    await producer.add(jobs)
    for (const { readyMs = 0 } of jobs) metrics.stageDuration.observe({ stage: 'ready' }, readyMs / 1_000)
  }
  const dispatch = loop('dispatch', async () => {
    const dispatched = await dispatcher.dispatch(lookAhead, add)
    if (dispatched === 'busy') return busyPauseMs
    return dispatched > 0 ? 0 : untilWoken
  })
  const reconcile = repair('reconcile', () => dispatcher.requeueLost(producer.known), metrics.jobsLost)
  const reap = repair('reap', () => dispatcher.reapExpired(), metrics.leasesLost)
  // Loops take their first step at once, and a start of the thread that plans would cost every worker a second.
  const whenDue = (name: string, work: () => Promise<number | 'busy'>, message: string) => {
    let due = false
    const started = loop(name, async () => {
      if (!due) return untilWoken
      // Before the work: what a look finds meanwhile may be something that the work has passed already.
      due = false
      const steps = await work().catch((error: unknown) => {
        due = true
        throw error
      })
      if (steps === 'busy') {
        due = true
        return busyPauseMs
      }
      if (steps > 0) log.info({ loop: name, [name]: steps }, message)
      return untilWoken
    })
    return (isDue: boolean) => {
      due ||= isDue
      if (isDue) started.wake()
    }
  }
  const schedules = whenDue('schedules', fireSchedules, 'decided about schedules that were due')
  const gates = whenDue('gates', stepGates, 'continued gate runs')
  const searches = whenDue('searches', stepSearches, 'continued searches')
  const deadlines = whenDue('deadlines', stopOverdue, 'stopped experiments whose deadline has passed')
  const makeRoom = async () => (preemptAfterMs === null ? 0 : dispatcher.preempt(preemptAfterMs, add))
  const preempt = whenDue('preempt', makeRoom, 'asked tasks to leave their slots to others of higher priority')
  const sender = createWebhookSender({ webhooks, deliver, log }, () => send.wake())
  const send = loop('webhooks', async () => ((await sender.send()) > 0 ? 0 : untilWoken))
  let started = false
  loop('collect', async () => {
    // Not at the start, when there is more urgent work, and services that are started for one command have none.
    const collected = started ? await collectFiles() : null
    started = true
    if (collected !== null && hasRemoved(collected))
      log.info({ loop: 'collect', ...collected }, 'removed tasks and files that nothing needed')
    return jitter(collectPauseMs)
  })
  const onSignal = (signal: WorkSignal | 'lost') => (signal === 'ready' ? dispatch.wake() : look.wake())
  const watch = watchWork(onSignal, { preempts: preemptAfterMs !== null })
  const look = loop('look', async () => {
    const outlook = await watch.look()
    if (outlook.ready) dispatch.wake()
    if (outlook.expired) reap.wake()
    if (outlook.queued) reconcile.wake()
    if (outlook.webhooks) send.wake()
    schedules(outlook.schedules)
    gates(outlook.gates)
    searches(outlook.searches)
    deadlines(outlook.deadlines)
    preempt(outlook.outranked)
    return lookPause(outlook, jitter)
  })

  return {
    wake: dispatch.wake,
    isHealthy,
    async stop() {
      await stop()
      await sender.idle()
      await watch.close()
    },
  }
}

const hasRemoved = ({ tasks, files, trimmed }: Collected): boolean =>
  [tasks, files, ...Object.values(trimmed)].some((count) => count > 0)

/** Loops that fail and recover independently, and stop together. */
function createLoops(log: Logger) {
  const failing = new Set<string>()
  const loops: PollLoop[] = []
  return {
    loop(name: string, step: () => Promise<number>): PollLoop {
      const started = startPollLoop({
        step,
        onHealth(error) {
          if (error === null) failing.delete(name)
          else failing.add(name)
          if (error === null) log.info({ loop: name }, 'works again')
          else log.warn({ loop: name, err: error }, 'failed and will be retried')
        },
      })
      loops.push(started)
      return started
    },
    isHealthy: () => failing.size === 0,
    stop: async () => void (await Promise.all(loops.map((started) => started.stop()))),
  }
}
