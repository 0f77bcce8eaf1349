import { randomUUID } from 'node:crypto'
import { GoalpostError } from '@goalpost/contracts'
import type { Assignment, Checkpoint, Manifest, SeriesPoint, TaskResult } from '@goalpost/contracts'
import type { Claim, TaskLedger } from '@goalpost/experiments'

type Script = {
  trouble: 'stale' | 'away' | 'refuses' | 'objects' | null
  onlyFor: string | null
  cancelRequested: boolean
  pauseRequested: boolean
}
type Told = {
  calls: string[]
  points: SeriesPoint[]
  logs: string[]
  checkpoints: Checkpoint[]
  result: TaskResult | null
  manifest: Manifest | null
  failure: { code: string; message: string } | null
  released: string | null
  renewals: number
}

/** A ledger of one task that records its calls, and can be made unavailable or refuse writes. */
export function createScriptedLedger() {
  const told: Told = {
    calls: [],
    points: [],
    logs: [],
    checkpoints: [],
    result: null,
    manifest: null,
    failure: null,
    released: null,
    renewals: 0,
  }
  const script: Script = { trouble: null, onlyFor: null, cancelRequested: false, pauseRequested: false }

  async function answer(call: string, record: () => void): Promise<boolean> {
    told.calls.push(call)
    const trouble = script.onlyFor === null || script.onlyFor === call ? script.trouble : null
    if (trouble === 'away') throw new Error('The database is away')
    if (trouble === 'refuses') throw new GoalpostError('internal', 'The database rejected a statement')
    if (trouble === 'objects') throw new GoalpostError('task-failed', 'The result has two values for a measure')
    if (trouble === 'stale') return false
    record()
    return true
  }

  const ledger: TaskLedger = {
    claim: async () => ({ ok: false, reason: 'scripted' }),
    async renew() {
      const held = await answer('renew', () => void (told.renewals += 1))
      const { cancelRequested, pauseRequested } = script
      return { held, cancelRequested: held && cancelRequested, pauseRequested: held && pauseRequested }
    },
    recordProgress: () => answer('progress', () => undefined),
    recordSeries: (_, points) => answer('series', () => void told.points.push(...points)),
    recordLogs: (_, lines) => answer('logs', () => void told.logs.push(...lines.map(({ message }) => message))),
    recordCheckpoint: (_, checkpoint) => answer('checkpoint', () => void told.checkpoints.push(checkpoint)),
    complete: (_, result, manifest) => answer('complete', () => void Object.assign(told, { result, manifest })),
    fail: (_, failure) => answer('fail', () => void (told.failure = failure)),
    release: (_, reason) => answer('release', () => void (told.released = reason)),
  }
  return { ledger, told, script }
}

export function assignDrill(inputs: Readonly<Record<string, string | number>>, resume: Checkpoint | null = null) {
  const taskId = randomUUID()
  const claim: Claim = { taskId, epoch: 1 }
  const assignment: Assignment = {
    taskId,
    protocol: 'drill',
    key: 'train',
    kind: 'train',
    seed: 1,
    inputs,
    resources: { engine: 'tfjs:wasm', threads: 1, device: 'cpu' },
    dependencies: [],
    resume,
  }
  return { claim, assignment }
}
