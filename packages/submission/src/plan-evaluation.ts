import type { GateSpec } from '@goalpost/contracts'
import type { EvaluationStage, PlannedStart } from '@goalpost/experiments'
import { planPrepared, type Surroundings } from './plan-start.ts'
import type { Planner } from './planner.ts'
import { expandResolved, invalidSpec, type Prepared } from './prepare-experiment.ts'

type Evaluation = {
  readonly workspaceId: string
  readonly gate: Pick<GateSpec, 'model' | 'spec'>
  readonly version: number
  readonly stage: EvaluationStage
}

/** The experiment that evaluates one version of a model in one stage of a gate run. */
export function planEvaluation(
  { workspaceId, gate, version, stage }: Evaluation,
  surroundings: Surroundings,
): Promise<PlannedStart> {
  const sent = { ...gate.spec, subject: { model: gate.model, version } }
  return planPrepared({ workspaceId, sent }, surroundings, (prepared) =>
    resizeConditions(prepared, stage, surroundings.planner),
  )
}

function resizeConditions({ resolved }: Prepared, stage: EvaluationStage, planner: Planner): Prepared {
  const slot = planner.protocols.get(resolved.protocol)?.subject
  if (slot === undefined)
    throw invalidSpec([{ pointer: '/protocol', message: `\`${resolved.protocol}\` cannot examine a model version` }])
  const conditions = resolved.conditions.map((condition) => ({
    ...condition,
    options: slot.resize(condition.options, stage),
  }))
  const resized = { ...resolved, conditions }
  return { resolved: resized, expansion: expandResolved(resized, planner) }
}
