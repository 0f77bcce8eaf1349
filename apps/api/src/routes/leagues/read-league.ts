import type {
  ExperimentView,
  LeagueRequest,
  LeagueView,
  RecommendationRequest,
  RecommendationView,
} from '@goalpost/contracts'
import {
  artifactBytes,
  leagueFault,
  loadArtifacts,
  type Evidence,
  type LeagueEntry,
  type Protocol,
} from '@goalpost/experiments'
import { suggestName } from '@goalpost/validation'
import type { ApiDependencies } from '../../dependencies.ts'
import { invalidRequest, notFound } from '../../server/problems.ts'

/** Without the bytes of its artifacts, which are read last: a refusal needs none of them. */
type Source = Omit<LeagueEntry, 'evidence'> & {
  readonly protocol: string
  readonly name: string
  readonly state: ExperimentView['state']
  readonly evidence: Omit<Evidence, 'artifacts'>
}
type League = { readonly sources: readonly Source[]; readonly protocol: string }

/** All artifacts of a league are in memory at once, here and in the thread that computes. */
const mostArtifactBytes = 512 * 1024 * 1024

export async function readLeague(
  deps: ApiDependencies,
  workspaceId: string,
  { experiments }: LeagueRequest,
): Promise<LeagueView> {
  const wanted = { ids: experiments, pointer: '/experiments' }
  const { sources, protocol } = await readSources(deps, workspaceId, wanted)
  const entries = await loadEntries(deps, sources, wanted)
  const table = await deps.compute.run(protocol, { type: 'league', entries })
  return { experiments: sources.map(({ id, name }) => ({ id, name })), ...table }
}

export async function recommendFor(
  deps: ApiDependencies,
  workspaceId: string,
  { experimentId, condition: named, league }: RecommendationRequest,
): Promise<RecommendationView> {
  const view = await deps.experiments.get(workspaceId, experimentId)
  if (view === null) throw notFound('experiment', experimentId)
  const subject = chooseCondition(view, named)
  const wanted = { ids: league, pointer: '/league' }
  const { sources, protocol } = await readSources(deps, workspaceId, wanted)
  if (protocol !== view.protocol)
    throw invalidRequest(
      '/league',
      `these experiments use protocol \`${protocol}\`, the experiment \`${view.protocol}\``,
      `Name searches of the protocol ${view.protocol}`,
    )
  const entries = await loadEntries(deps, sources, wanted)
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

/** The experiments of a league, all of one protocol and without a fault. */
async function readSources(deps: ApiDependencies, workspaceId: string, { ids, pointer }: Wanted): Promise<League> {
  const sources: Source[] = []
  for (const id of new Set(ids)) sources.push(await readSource(deps, workspaceId, id))
  const [name = '', ...others] = new Set(sources.map((source) => source.protocol))
  if (others.length > 0)
    throw invalidRequest(
      pointer,
      `the experiments use different protocols: ${[name, ...others].join(', ')}`,
      'Name experiments of one protocol',
    )
  const protocol = deps.protocols.get(name)
  if (protocol === undefined)
    throw invalidRequest(
      pointer,
      `this service does not have the protocol \`${name}\` of the experiments`,
      'Ask its operator to add the protocol, or ask the service that ran the experiments',
    )
  requireLeague(sources, { protocol, pointer })
  return { sources, protocol: name }
}

function requireLeague(sources: readonly Source[], { protocol, pointer }: { protocol: Protocol; pointer: string }) {
  const names = sources.map((source) => source.name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined)
    throw invalidRequest(
      pointer,
      `several of the experiments have the name \`${repeated}\``,
      'Name the latest only, or submit one of them under another name: equal tasks are not computed again',
    )
  const fault = leagueFault(
    sources.map(({ evidence }) => evidence),
    protocol,
  )
  const remedy = 'Name searches over one option with a condition in common, of a protocol with league tables'
  if (fault !== null) throw invalidRequest(pointer, fault, remedy)
  const partial = sources.find(({ state }) => state !== 'succeeded')
  if (partial !== undefined)
    throw invalidRequest(pointer, `\`${partial.name}\` is ${partial.state}`, 'A league needs the results of all runs')
}

async function readSource({ experiments }: ApiDependencies, workspaceId: string, id: string): Promise<Source> {
  const [view, evidence] = await Promise.all([experiments.get(workspaceId, id), experiments.evidence(workspaceId, id)])
  if (view === null || evidence === null) throw notFound('experiment', id)
  const { protocol, name, state, verdicts } = view
  return { id, protocol, name, state, verdicts, evidence }
}

async function loadEntries(
  { artifacts }: ApiDependencies,
  sources: readonly Source[],
  { pointer }: Wanted,
): Promise<readonly LeagueEntry[]> {
  const conditions = sources.flatMap(({ evidence }) => evidence.conditions)
  const bytes = artifactBytes(conditions)
  if (bytes > mostArtifactBytes)
    throw invalidRequest(
      pointer,
      `the experiments have ${bytes} bytes of evidence, more than the ${mostArtifactBytes} of one league`,
      'Name fewer experiments',
    )
  const loaded = await loadArtifacts(conditions, artifacts)
  return sources.map(({ id, verdicts, evidence }) => ({ id, verdicts, evidence: { ...evidence, artifacts: loaded } }))
}
