import type { MeasuredUnits } from '@goalpost/contracts'
import {
  loadArtifacts,
  type DueGateRun,
  type Evidence,
  type StageExperiment,
  type SubjectSlot,
} from '@goalpost/experiments'
import { directionOf, gatherEvidence, type GateEvidence, type MeasuredRun, type MeasuredStage } from '@goalpost/gates'
import type { GateDependencies } from './gate-dependencies.ts'

/** The rules with the evidence of all stages so far. */
export async function readRules(run: DueGateRun, deps: GateDependencies): Promise<GateEvidence['rules']> {
  const slot = slotOf(run, deps)
  const stages: MeasuredStage[] = []
  for (let stage = 1; stage <= run.stage; stage++) {
    const experiments = run.experiments.filter((experiment) => experiment.stage === stage)
    stages.push(await readStage(experiments, { run, slot, deps }))
  }
  const measured: MeasuredRun = { ...run, stages }
  return run.spec.rules.map((rule) => ({
    rule,
    direction: directionOf(rule, slot.measures),
    evidence: gatherEvidence(rule, measured),
  }))
}

function slotOf({ spec: { spec } }: DueGateRun, { planner }: GateDependencies): SubjectSlot {
  const { protocol } = spec
  const slot = typeof protocol === 'string' ? planner.protocols.get(protocol)?.subject : undefined
  if (slot === undefined) throw new Error(`The protocol of a gate has no subject: ${JSON.stringify(protocol)}`)
  return slot
}

type Reading = { readonly run: DueGateRun; readonly slot: SubjectSlot; readonly deps: GateDependencies }

async function readStage(
  experiments: readonly StageExperiment[],
  { run, slot, deps }: Reading,
): Promise<MeasuredStage> {
  const byVersion = new Map<number, Evidence>()
  for (const { version, experimentId } of experiments) {
    const evidence = await deps.experiments.evidence(run.workspaceId, experimentId)
    if (evidence === null) continue
    byVersion.set(version, { ...evidence, artifacts: await loadArtifacts(evidence.conditions, deps.artifacts) })
  }
  const tested = experiments.find(({ version }) => version === run.version)
  return {
    measure: (version, { condition, measure }) => measureOne(byVersion.get(version), { condition, measure, slot }),
    verdicts: (tested?.verdicts ?? []).map(({ condition, name, tone }) => ({
      condition,
      name,
      undetermined: tone === 'neutral',
    })),
  }
}

type Wanted = { readonly condition: string; readonly measure: string; readonly slot: SubjectSlot }

function measureOne(
  evidence: Evidence | undefined,
  { condition: name, measure, slot }: Wanted,
): MeasuredUnits | { readonly missing: string } {
  const condition = evidence?.conditions.find((candidate) => candidate.name === name)
  if (evidence === undefined || condition === undefined) return { missing: `the condition ${name} was not evaluated` }
  return slot.measure(condition, measure, evidence.artifacts)
}
