import type { Assignment, JsonObject } from '@goalpost/contracts'
import { createMemoryTaskContext, type MemoryTaskContext } from '@goalpost/testing'

/** The context of one `sample` task. `onYield` may throw, like a cancelled task's context. */
export function createMemoryContext(
  task: { readonly inputs: JsonObject; readonly seed: number },
  onYield?: (count: number) => void,
): MemoryTaskContext {
  const assignment: Assignment = {
    taskId: '00000000-0000-7000-8000-000000000000',
    protocol: 'goodhart',
    key: 'sample',
    kind: 'sample',
    seed: task.seed,
    inputs: task.inputs,
    resources: { engine: 'auto', threads: 1, device: 'cpu' },
    dependencies: [],
    resume: null,
  }
  return createMemoryTaskContext(assignment, onYield === undefined ? {} : { onYield })
}
