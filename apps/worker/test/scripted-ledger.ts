import { randomUUID } from 'node:crypto'
import { GoalpostError } from '@goalpost/contracts'
import type { Assignment, Checkpoint, Manifest, SeriesPoint, TaskResult } from '@goalpost/contracts'
import type { Claim, TaskLedger } from '@goalpost/experiments'

type Refusal = 'stale' | 'away' | 'refuses' | 'objects' | null

/** A ledger of one task that remembers what it was told, and can be told to be away or to refuse. */
export function createScriptedLedger() {
  const told = {
    calls: [] as string[],
    points: [] as SeriesPoint[],
    logs: [] as string[],
    checkpoints: [] as Checkpoint[],
    result: null as TaskResult | null,
    manifest: null as Manifest | null,
    failure: null as { code: string; message: string } | null,
    released: null as string | null,
    renewals: 0,
  }
  const script = { trouble: null as Refusal, onlyFor: null as string | null, cancelRequested: false }

  async function answer(call: string, record: () => void): Promise<boolean> {
    told.calls.push(call)
    const trouble = script.onlyFor === null || script.onlyFor === call ? script.trouble : null
    if (trouble === 'away') throw new Error('The database is away')
    if (trouble === 'refuses') throw new GoalpostError('internal', 'The database refused a statement')
    if (trouble === 'objects') throw new GoalpostError('task-failed', 'The result has two values for a measure')
    if (trouble === 'stale') return false
    record()
    return true
  }

  const ledger: TaskLedger = {
    claim: async () => ({ ok: false, reason: 'scripted' }),
    async renew() {
      const held = await answer('renew', () => void (told.renewals += 1))
      return { held, cancelRequested: held && script.cancelRequested }
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
