import { toTrainer } from '@goalpost/contracts'
import type { FromTrainer, ToTrainer } from '@goalpost/contracts'
import type { ArtifactAccess, HostedModels, Protocol, ProtocolExecutors } from '@goalpost/experiments'
import type { Tracer } from '@goalpost/telemetry'
import { explainFailure } from './explain-failure.ts'
import { executeTask } from './execute-task.ts'
import { createTaskContext } from './task-context.ts'
import type { RunningContext } from './task-context.ts'

/** The worker that forked this process. */
export type Parent = {
  send(message: FromTrainer): void
  onMessage(listener: (message: unknown) => void): void
  onGone(listener: () => void): void
}

/** The parent's end of Node's IPC channel. Messages after its end are dropped; `onGone` follows. */
export function parentOf(child: NodeJS.Process): Parent {
  return {
    send: (message) => void child.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onGone: (listener) => void child.on('disconnect', listener),
  }
}

type Starting = Extract<ToTrainer, { type: 'start' }>
type Ending = Extract<FromTrainer, { type: 'done' | 'failed' }>

function howItEnded(ending: Ending, { context }: RunningContext): Parameters<RunningContext['ended']>[0] {
  if (ending.type === 'done') return 'finished'
  if (ending.code !== 'experiment-cancelled') return 'failed'
  return context.pauseRequested() ? 'paused' : 'cancelled'
}

export type TrainerDependencies = {
  readonly parent: Parent
  readonly artifacts: ArtifactAccess
  readonly hostedModels: HostedModels
  readonly protocols: ReadonlyMap<string, Protocol>
  readonly tracer: Tracer
  readonly loadExecutors: (protocol: string) => Promise<ProtocolExecutors>
  /** Ends this process, as its parent has ended. */
  readonly onOrphaned: () => void
}

/** Executes the tasks that the parent assigns, one at a time, until the parent ends. */
export function serveTrainer(dependencies: TrainerDependencies): void {
  const { parent, tracer, artifacts, hostedModels } = dependencies
  let running: RunningContext | null = null
  const { send } = parent

  async function start({ assignment, salt, trace }: Starting): Promise<void> {
    const span = trace === undefined ? null : tracer.start(`execute ${assignment.kind}`, { parent: trace })
    const traceId = span?.traceId ?? null
    const task = createTaskContext(assignment, { artifacts, hostedModels, salt: salt ?? null, traceId, send })
    running = task
    const ending = await executeTask(task.context, dependencies).then(
      (result): Ending => ({ type: 'done', result }),
      (error: unknown): Ending => ({ type: 'failed', ...explainFailure(error) }),
    )
    running = null
    span?.end({ failure: ending.type === 'failed' ? ending.code : null })
    task.ended(howItEnded(ending, task))
    send(ending)
    send({ type: 'ready' })
  }

  function handle(message: ToTrainer): void {
    switch (message.type) {
      case 'start':
        if (running !== null) throw new Error('A trainer executes one task at a time')
        void start(message)
        return
      case 'cancel':
        running?.cancel()
        return
      case 'pause':
        running?.pause()
        return
      case 'acknowledge':
        running?.acknowledge(message.step)
        return
    }
  }

  parent.onMessage((message) => handle(toTrainer.parse(message)))
  parent.onGone(dependencies.onOrphaned)
  send({ type: 'ready' })
}
