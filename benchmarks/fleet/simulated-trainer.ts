import { createHash } from 'node:crypto'
import type { Assignment, FromTrainer, TaskResult } from '@goalpost/contracts'
import type { TrainerListener, TrainerProcess } from '../../apps/worker/src/trainer-pool/trainer-process.ts'

/** Says what a trainer says (progress, curves, a log line, a checkpoint of a training, a result), and computes nothing. */
export function startSimulatedTrainer(taskMs: number): TrainerProcess {
  let listener: TrainerListener | null = null
  let alive = true
  const tell = (message: FromTrainer) => listener?.onMessage(message)
  return {
    pid: undefined,
    isAlive: () => alive,
    listen: (next) => void (listener = next),
    send(message) {
      if (message.type !== 'start') return
      const { assignment } = message
      tell({ type: 'log', level: 'info', message: `Started ${assignment.key}`, at: new Date().toISOString() })
      setTimeout(() => {
        for (const report of reportsOf(assignment)) tell(report)
        tell({ type: 'done', result: resultOf(assignment) })
      }, taskMs)
    },
    async kill() {
      alive = false
      listener?.onExit({ code: null, signal: 'SIGKILL' })
    },
  }
}

const points = 20

function reportsOf({ kind, taskId }: Assignment): FromTrainer[] {
  if (kind !== 'train') return []
  const hash = createHash('sha256').update(taskId).digest('hex')
  const part = { name: 'state', hash, bytes: 1_000, mediaType: 'application/octet-stream', evidence: false }
  const curve = Array.from({ length: points }, (_, x) => ({ series: 'return', labels: {}, x, value: x / points }))
  return [
    { type: 'progress', progress: { done: 100, total: 100, unit: 'steps' } },
    { type: 'series', points: curve },
    { type: 'checkpoint', checkpoint: { step: 100, parts: [part] } },
  ]
}

function resultOf({ kind }: Assignment): TaskResult {
  const measures = [{ name: 'score', labels: { suite: 'toy' }, value: 0.5 }]
  if (kind !== 'analyse') return { measures, artifacts: [] }
  return { measures: [], artifacts: [], report: { title: 'Toy', summary: 'simulated', parts: [] } }
}
