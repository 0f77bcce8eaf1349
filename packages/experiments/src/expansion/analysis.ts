import {
  analysisKind,
  type Assignment,
  type JsonObject,
  type ResolvedSearch,
  type ResolvedSpec,
  type RunState,
  type TaskKind,
} from '@goalpost/contracts'
import type { Evidence } from '../ports/protocol.ts'
import { countStates, deriveRunState } from '../state.ts'
import type { ExpandedRun } from './expansion.ts'

/** The key of the one task that belongs to the experiment as a whole. */
export const analysisKey = 'analysis'

type AnalysedTask = { readonly key: string; readonly kind: TaskKind; readonly identity: string }
type AnalysedRun = { readonly seed: number; readonly tasks: readonly AnalysedTask[] }
type AnalysedCondition = {
  readonly name: string
  readonly options: JsonObject
  readonly marks: readonly string[]
  readonly runs: readonly AnalysedRun[]
}
/** The inputs of the analysis: the computations of each run. Their results are dependencies. */
type AnalysisInputs = {
  readonly experiment: string
  readonly conditions: readonly AnalysedCondition[]
  readonly search?: ResolvedSearch
}

export function analysisInputs(
  resolved: ResolvedSpec,
  runs: readonly ExpandedRun[],
  kindOf: ReadonlyMap<string, TaskKind>,
): JsonObject {
  const inputs: AnalysisInputs = {
    experiment: resolved.name,
    conditions: resolved.conditions.map(({ name, options, marks }) => ({
      name,
      options,
      marks,
      runs: runs
        .filter((run) => run.condition === name)
        .map(({ seed, tasks }) => ({
          seed,
          tasks: tasks.map(({ key, identity }) => ({ key, kind: kindOf.get(identity) ?? 'evaluate', identity })),
        })),
    })),
    ...(resolved.search === undefined ? {} : { search: resolved.search }),
  }
  return inputs
}

function isAnalysisInputs(inputs: JsonObject): inputs is JsonObject & AnalysisInputs {
  return typeof inputs['experiment'] === 'string' && Array.isArray(inputs['conditions'])
}

/** The evidence of an `analyse` task without the artifacts' bytes. Throws if the task is not one of ours. */
export function analysisEvidence(
  assignment: Pick<Assignment, 'kind' | 'inputs' | 'dependencies'>,
): Omit<Evidence, 'artifacts'> {
  if (assignment.kind !== analysisKind) throw new RangeError(`A task of kind ${assignment.kind} is not an analysis`)
  const { inputs } = assignment
  if (!isAnalysisInputs(inputs)) throw new RangeError('The inputs of the analysis list no conditions')
  const byIdentity = new Map(assignment.dependencies.map((dependency) => [dependency.identity, dependency]))
  const runEvidence = ({ seed, tasks }: AnalysedRun) => {
    const found = tasks.map(({ key, kind, identity }) => ({ key, kind, dependency: byIdentity.get(identity) }))
    const state: RunState = deriveRunState(countStates(found.map(({ dependency }) => dependency?.state ?? 'failed')))
    return {
      seed,
      state,
      tasks: found.map(({ key, kind, dependency }) => ({
        key,
        kind,
        inputs: dependency?.inputs ?? {},
        result: dependency?.result ?? null,
      })),
    }
  }
  return {
    experiment: inputs.experiment,
    conditions: inputs.conditions.map(({ name, options, marks, runs }) => ({
      name,
      options,
      marks,
      runs: runs.map(runEvidence),
    })),
    ...(inputs.search === undefined ? {} : { search: inputs.search }),
  }
}
