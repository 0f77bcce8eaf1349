import { GoalpostError, errorTable } from '@goalpost/contracts'
import type { DueGateRun, GateRunEnd, PlannedEvaluation, StageExperiment } from '@goalpost/experiments'
import { decideProbe, decideRun, probeErrorRate, stageSizes } from '@goalpost/gates'
import { planEvaluation } from '@goalpost/submission'
import type { GateDependencies } from './gate-dependencies.ts'
import { readRules } from './read-rules.ts'

/**
 * The next step of a run. False if there was none to take: another process was first. Rejects only with errors that
 * another try may not meet; any other ends the run, or it would hold up all runs after it.
 */
export async function advanceRun(run: DueGateRun, deps: GateDependencies): Promise<boolean> {
  try {
    return await takeStep(run, deps)
  } catch (error) {
    if (isPassing(error)) throw error
    return deps.gates.end(run, undecided(run, error instanceof Error ? error.message : String(error)))
  }
}

/** Lost files do not come back by waiting. */
function isPassing(error: unknown): boolean {
  return error instanceof GoalpostError && errorTable[error.code].retryable && error.code !== 'artifact-missing'
}

async function takeStep(run: DueGateRun, deps: GateDependencies): Promise<boolean> {
  const current = run.experiments.filter(({ stage }) => stage === run.stage)
  if (current.length === 0) return startStage(run, deps)
  const unfinished = current.find(({ state }) => state !== 'succeeded')
  if (unfinished !== undefined) return deps.gates.end(run, withoutResults(run, unfinished))
  return decide(run, deps)
}

async function startStage(run: DueGateRun, deps: GateDependencies): Promise<boolean> {
  const needed = deps.waiting.get(run.id)
  // Planning takes up to seconds, and a workspace may be full for hours.
  if (needed !== undefined && !(await deps.gates.hasRoom(run, needed))) return false
  deps.waiting.delete(run.id)
  const { workspaceId, spec, stage, units } = run
  const index = stage - 1
  const size = stageSizes(spec.stages, units)[index] ?? spec.stages.first
  const evaluations: PlannedEvaluation[] = []
  for (const version of versionsOf(run)) {
    const place = { workspaceId, gate: spec, version, stage: { index, units: size } }
    const planned = await planEvaluation(place, deps)
    if (!planned.ok) return deps.gates.end(run, undecided(run, `version ${version}: ${planned.message}`))
    evaluations.push({ version, experiment: planned.experiment })
  }
  const started = await deps.gates.startStage(run, evaluations)
  if (!started)
    deps.waiting.set(
      run.id,
      evaluations.reduce((sum, { experiment }) => sum + experiment.expansion.runs.length, 0),
    )
  return started
}

/** The tested version and its baselines, each once. */
function versionsOf({ version, baselines }: DueGateRun): number[] {
  return [...new Set([version, ...baselines.flatMap((baseline) => baseline.version ?? [])])]
}

/** A file that does not fit the experiment cannot do what the gate asks for; all else says nothing about the version. */
function withoutResults(run: DueGateRun, { version, state, failure }: StageExperiment): GateRunEnd {
  const reason = failure?.message ?? `its experiment ${state === 'cancelled' ? 'was cancelled' : 'failed'}`
  const end = undecided(run, `version ${version}: ${reason}`)
  return failure?.code === 'model-refused' && version === run.version ? { ...end, outcome: 'fail' } : end
}

function undecided({ spec }: DueGateRun, message: string): GateRunEnd {
  const judgements = spec.rules.map(({ name }) => ({
    rule: name,
    state: 'open' as const,
    reason: 'could not be evaluated',
    difference: null,
    units: 0,
    unitsNeeded: null,
  }))
  return { outcome: 'undecided', message, judgements }
}

async function decide(run: DueGateRun, deps: GateDependencies): Promise<boolean> {
  const { spec, number, units: evaluated, bisection } = run
  const rules = await readRules(run, deps)
  const decision =
    bisection === null
      ? decideRun({ ...spec, rules, run: number ?? 1, evaluated })
      : decideProbe({
          rules,
          errorRate: probeErrorRate(bisection.versions + 1, bisection.errorRate),
          stages: spec.stages,
          evaluated,
        })
  if (decision.type === 'evaluate') return deps.gates.nextStage(run, decision)
  return deps.gates.end(run, { ...decision, message: null })
}
