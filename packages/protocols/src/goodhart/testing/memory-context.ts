import { createHash } from 'node:crypto'
import type { ArtifactRef, JsonObject, Progress, SeriesPoint } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'

export type MemoryContext = TaskContext & {
  readonly progressed: Progress[]
  readonly sent: SeriesPoint[]
  breaths: number
}

/** A TaskContext that keeps what it is given. `onBreath` may throw, as a cancelled task's context does. */
export function createMemoryContext(
  task: { readonly inputs: JsonObject; readonly seed: number },
  onBreath: (breaths: number) => void = () => {},
): MemoryContext {
  const blobs = new Map<string, Uint8Array>()
  const context: MemoryContext = {
    assignment: {
      taskId: '00000000-0000-7000-8000-000000000000',
      protocol: 'goodhart',
      key: 'sample',
      kind: 'evaluate',
      seed: task.seed,
      inputs: task.inputs,
      resources: { engine: 'auto', threads: 1, device: 'cpu' },
      dependencies: [],
      resume: null,
    },
    artifacts: {
      async read(hash) {
        const bytes = blobs.get(hash)
        if (bytes === undefined) throw new Error(`There is no blob ${hash}`)
        return bytes
      },
      async write({ name, bytes, mediaType, evidence = false }): Promise<ArtifactRef> {
        const hash = createHash('sha256').update(bytes).digest('hex')
        blobs.set(hash, bytes)
        return { name, hash, bytes: bytes.length, mediaType, evidence }
      },
    },
    progressed: [],
    sent: [],
    breaths: 0,
    progress: (progress) => void context.progressed.push(progress),
    series: (points) => void context.sent.push(...points),
    checkpoint: async () => {},
    log: () => {},
    async breathe() {
      context.breaths += 1
      onBreath(context.breaths)
    },
  }
  return context
}
