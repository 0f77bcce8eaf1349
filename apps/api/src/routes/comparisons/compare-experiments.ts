import type { ComparisonRequest, ComparisonView } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import { loadArtifacts, type ComparisonArm, type Evidence } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { invalidRequest, notFound } from '../../server/problems.ts'
import { putBaselineFirst } from './put-baseline-first.ts'

type Source = { readonly protocol: string; readonly evidence: Omit<Evidence, 'artifacts'> }
type Arm = ComparisonArm & { readonly experimentId: string }

/** Conditions side by side, of one experiment or of several of one protocol, with differences to the baseline. */
export async function compareExperiments(
  deps: ApiDependencies,
  workspaceId: string,
  { arms: wanted, baseline }: ComparisonRequest,
): Promise<ComparisonView> {
  const ids = [...new Set(wanted.map(({ experimentId }) => experimentId))]
  const sources = new Map(
    await Promise.all(ids.map(async (id) => [id, await readSource(deps, workspaceId, id)] as const)),
  )
  const sourceOf = (id: string): Source => {
    const source = sources.get(id)
    if (source === undefined) throw notFound('experiment', id)
    return source
  }
  const protocol = requireOneProtocol(wanted.map(({ experimentId }) => sourceOf(experimentId).protocol))
  const picked = distinctArms(wanted.flatMap((arm, index) => pickArms(sourceOf(arm.experimentId), arm, index)))
  const arms = putBaselineFirst(picked, baseline)
  const artifacts = await loadArtifacts(
    arms.map(({ condition }) => condition),
    deps.artifacts,
  )
  const sides = arms.map(({ experiment, condition }) => ({ experiment, condition }))
  const report = await deps.compute.run(protocol, { type: 'compare', arms: sides, artifacts })
  return { arms: arms.map(presentArm), report }
}

async function readSource({ experiments }: ApiDependencies, workspaceId: string, id: string): Promise<Source> {
  const [view, evidence] = await Promise.all([experiments.get(workspaceId, id), experiments.evidence(workspaceId, id)])
  if (view === null || evidence === null) throw notFound('experiment', id)
  return { protocol: view.protocol, evidence }
}

/** Measures of different protocols are not comparable. */
function requireOneProtocol(protocols: readonly string[]): string {
  const [first = ''] = protocols
  const other = protocols.findIndex((protocol) => protocol !== first)
  if (other < 0) return first
  throw invalidRequest(
    `/arms/${other}/experimentId`,
    `this experiment uses protocol \`${protocols[other]}\`, the first arm \`${first}\``,
    'Compare experiments of one protocol',
  )
}

function pickArms({ evidence }: Source, arm: ComparisonRequest['arms'][number], index: number): readonly Arm[] {
  const { experimentId, condition } = arm
  const picked = evidence.conditions.filter(({ name }) => condition === undefined || name === condition)
  if (picked.length === 0 && condition !== undefined) {
    const remedy = suggestName(
      condition,
      evidence.conditions.map(({ name }) => name),
    )
    throw invalidRequest(`/arms/${index}/condition`, `this experiment has no condition \`${condition}\``, remedy)
  }
  return picked.map((side) => ({ experimentId, experiment: evidence.experiment, condition: side }))
}

/** A condition may be named alone and with all of its experiment: it stays where it is named first. */
function distinctArms(arms: readonly Arm[]): readonly Arm[] {
  const isFirst = ({ experimentId, condition }: Arm, index: number): boolean =>
    arms.findIndex((arm) => arm.experimentId === experimentId && arm.condition.name === condition.name) === index
  return arms.filter(isFirst)
}

function presentArm({ experimentId, experiment, condition }: Arm): ComparisonView['arms'][number] {
  return { experimentId, experiment, condition: condition.name, seeds: condition.runs.length }
}
