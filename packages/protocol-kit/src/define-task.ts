import { analysisKind, taskKind, type JsonObject, type TaskKind } from '@goalpost/contracts'
import type { PlannedTask } from '@goalpost/experiments'
import type { z } from 'zod'

/** What a single task adds to its declaration. */
export type TaskPlan = Pick<PlannedTask, 'key' | 'seed' | 'needs' | 'files' | 'work' | 'rank'>

/** A kind of task in a protocol: its inputs and versions. `implementTasks` adds the function that computes it. */
export type DeclaredTask<Inputs> = {
  readonly kind: TaskKind
  /** The kind under which its tasks were stored before they had one of their own. */
  readonly formerKind: TaskKind | null
  /** `inputs` become part of the task's identity, unchanged. */
  plan(inputs: Inputs, plan: TaskPlan): PlannedTask
  /** Null for inputs of another kind of task. */
  read(inputs: JsonObject): Inputs | null
  /** @throws ZodError for inputs of another kind of task */
  parse(inputs: JsonObject): Inputs
}

type Definition<Inputs extends JsonObject> = {
  /** Lower-case words with hyphens between them, unique within the protocol. */
  readonly name: TaskKind
  /** Everything its executor reads. Strict, and without defaults that change what a stored task means. */
  readonly inputs: z.ZodType<Inputs>
  /** Versions of its code, besides protocol and engine: raising one makes the tasks run again. */
  versions(inputs: Inputs): Readonly<Record<string, string>>
  /** Uses no tensors, so any worker can run it. */
  readonly withoutEngine?: true
  /** Ends within a minute or two: may run in the slot reserved for short tasks. */
  readonly short?: true
  /** Stored tasks of this kind still run if their inputs fit, and equal computations keep their identity. */
  readonly formerKind?: TaskKind
}

/** Declares a kind of task for planning and executing. Loads no tensor library. */
export function defineTask<Inputs extends JsonObject>(definition: Definition<Inputs>): DeclaredTask<Inputs> {
  const { inputs: schema, versions, withoutEngine, short, formerKind = null } = definition
  const kind = taskKind.parse(definition.name)
  if (kind === analysisKind) throw new RangeError(`The kind ${analysisKind} is the service's own`)
  return {
    kind,
    formerKind,
    plan: (inputs, { files, ...plan }) => ({
      ...plan,
      kind,
      ...(formerKind === null ? {} : { identityKind: formerKind }),
      inputs,
      versions: versions(inputs),
      ...(files === undefined ? {} : { files }),
      ...(withoutEngine === undefined ? {} : { withoutEngine }),
      ...(short === undefined ? {} : { short }),
    }),
    read: (inputs) => schema.safeParse(inputs).data ?? null,
    parse: (inputs) => schema.parse(inputs),
  }
}
