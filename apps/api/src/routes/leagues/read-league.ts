import type {
  ExperimentView,
  LeagueRequest,
  LeagueView,
  RecommendationRequest,
  RecommendationView,
} from '@goalpost/contracts'
import { leagueFault, loadArtifacts, type LeagueEntry } from '@goalpost/experiments'
import { suggestName } from '@goalpost/validation'
import type { ApiDependencies } from '../../dependencies.ts'
import { invalidRequest, notFound } from '../../server/problems.ts'

type Entry = LeagueEntry & Pick<ExperimentView, 'protocol' | 'name' | 'state'>

export async function readLeague(
  deps: ApiDependencies,
  workspaceId: string,
  { experiments }: LeagueRequest,
): Promise<LeagueView> {
  const { entries, protocol } = await readEntries(deps, workspaceId, { ids: experiments, pointer: '/experiments' })
  const table = await deps.compute.run(protocol, { type: 'league', entries })
  return { experiments: entries.map(({ id, name }) => ({ id, name })), ...table }
}

export async function recommendFor(
  deps: ApiDependencies,
  workspaceId: string,
  { experimentId, condition: named, league }: RecommendationRequest,
): Promise<RecommendationView> {
  const view = await deps.experiments.get(workspaceId, experimentId)
  if (view === null) throw notFound('experiment', experimentId)
  const { entries, protocol } = await readEntries(deps, workspaceId, { ids: league, pointer: '/league' })
  if (protocol !== view.protocol)
    throw invalidRequest(
      '/league',
      `these experiments use protocol \`${protocol}\`, the experiment \`${view.protocol}\``,
    )
  const subject = chooseCondition(view, named)
  return deps.compute.run(protocol, { type: 'recommend', entries, subject })
}

/** The named condition, or the first with a bad verdict. */
function chooseCondition({ resolved, verdicts }: ExperimentView, named: string | undefined) {
  const name = named ?? verdicts.find(({ tone }) => tone === 'bad')?.condition
  const names = resolved.conditions.map((condition) => condition.name)
  if (name === undefined)
    throw invalidRequest('/condition', 'no condition has a bad verdict', `Name one: ${names.join(', ')}`)
  const found = resolved.conditions.find((condition) => condition.name === name)
  if (found === undefined)
    throw invalidRequest('/condition', `this experiment has no condition \`${name}\``, suggestName(name, names))
  return { condition: name, options: found.options }
}

type Wanted = { readonly ids: readonly string[]; readonly pointer: string }

async function readEntries(
  deps: ApiDependencies,
  workspaceId: string,
  { ids, pointer }: Wanted,
): Promise<{ readonly entries: readonly Entry[]; readonly protocol: string }> {
  const entries: Entry[] = []
  for (const id of new Set(ids)) entries.push(await readEntry(deps, workspaceId, id))
  const [first] = entries
  const protocol = deps.protocols.get(first?.protocol ?? '')
  const other = entries.find((entry) => entry.protocol !== protocol?.name)
  if (first === undefined || protocol === undefined || other !== undefined)
    throw invalidRequest(pointer, 'the experiments use different protocols', 'Name experiments of one protocol')
  const fault = leagueFault(
    entries.map(({ evidence }) => evidence),
    protocol,
  )
  if (fault !== null) throw invalidRequest(pointer, fault)
  const partial = entries.find(({ state }) => state !== 'succeeded')
  if (partial !== undefined)
    throw invalidRequest(pointer, `\`${partial.name}\` is ${partial.state}`, 'A league needs the results of all runs')
  return { entries, protocol: first.protocol }
}

async function readEntry(deps: ApiDependencies, workspaceId: string, id: string): Promise<Entry> {
  const { experiments, artifacts } = deps
  const [view, evidence] = await Promise.all([experiments.get(workspaceId, id), experiments.evidence(workspaceId, id)])
  if (view === null || evidence === null) throw notFound('experiment', id)
  const { protocol, name, state, verdicts } = view
  const loaded = await loadArtifacts(evidence.conditions, artifacts)
  return { id, protocol, name, state, verdicts, evidence: { ...evidence, artifacts: loaded } }
}
