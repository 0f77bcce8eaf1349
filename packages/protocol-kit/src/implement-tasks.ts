import { GoalpostError, type TaskKind, type TaskResult } from '@goalpost/contracts'
import type { ProtocolExecutors, TaskContext, TaskExecutor } from '@goalpost/experiments'
import { ZodError } from 'zod'
import type { DeclaredTask } from './define-task.ts'

/** Computes tasks of one kind. */
export type TaskRun<Inputs> = (context: TaskContext, inputs: Inputs) => Promise<TaskResult>

type Declared<Inputs> = { readonly [Name in keyof Inputs]: DeclaredTask<Inputs[Name]> }
type Runs<Inputs> = { readonly [Name in keyof Inputs]: TaskRun<Inputs[Name]> }

/**
 * The executors of a protocol: one function for each declared task. A missing function, or one with other inputs, does
 * not compile. Inputs are parsed only here.
 */
export function implementTasks<Inputs>(tasks: Declared<Inputs>, runs: NoInfer<Runs<Inputs>>): ProtocolExecutors {
  const bound: Bound[] = []
  for (const name in tasks) bound.push(bind(tasks[name], runs[name]))
  const kinds = new Set(bound.flatMap(({ kind, formerKind }) => (formerKind === null ? [kind] : [kind, formerKind])))
  return Object.fromEntries([...kinds].map((kind) => [kind, executorOf(kind, bound)]))
}

type Bound = {
  readonly kind: TaskKind
  readonly formerKind: TaskKind | null
  accepts(context: TaskContext): boolean
  readonly execute: TaskExecutor
}

function bind<Inputs>(task: DeclaredTask<Inputs>, run: TaskRun<Inputs>): Bound {
  return {
    kind: task.kind,
    formerKind: task.formerKind,
    accepts: ({ assignment }) => task.read(assignment.inputs) !== null,
    execute: async (context) => run(context, parseInputs(task, context)),
  }
}

/** Tasks stored under a common kind are told apart by the schema that their inputs fit. */
function executorOf(kind: TaskKind, bound: readonly Bound[]): TaskExecutor {
  const candidates = bound
    .filter((each) => each.kind === kind || each.formerKind === kind)
    .toSorted((a, b) => Number(b.kind === kind) - Number(a.kind === kind))
  return async (context) => {
    const found = candidates.find((each) => each.accepts(context)) ?? candidates[0]
    return found.execute(context)
  }
}

function parseInputs<Inputs>(task: DeclaredTask<Inputs>, { assignment }: TaskContext): Inputs {
  try {
    return task.parse(assignment.inputs)
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    const [issue] = error.issues
    const where = `/${issue?.path.join('/') ?? ''}`
    const message = `The inputs of the ${task.kind} task are not valid in this version: ${where}: ${issue?.message}`
    throw new GoalpostError('task-failed', message, { cause: error })
  }
}
