import type { ExperimentSummary } from '@goalpost/contracts'
import { everyItem } from '@goalpost/client'
import { GoalpostError, verifiesLabel } from '@goalpost/contracts'

type Summary = Pick<ExperimentSummary, 'id' | 'name' | 'labels'>

/** The part of the API used here. */
type Experiments = { experiments(query: Query): Promise<Page> }

type Query = {
  readonly limit: number
  readonly cursor?: string
  readonly archived: 'include'
  /** The whole name. */
  readonly named?: string
  /** Among others, the beginning of the id. */
  readonly search?: string
}

type Page = { readonly items: readonly Summary[]; readonly nextCursor: string | null }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const longestName = 120

/** Enough of a UUID v7 to distinguish experiments of different milliseconds. */
export function shortId(id: string): string {
  return id.slice(0, 13)
}

/** From a full id, `last`, an experiment's name (the newest of that name), or a prefix that only one id has. */
export async function resolveExperiment(api: Experiments, reference: string): Promise<string> {
  const text = reference.trim()
  if (uuid.test(text.toLowerCase())) return text.toLowerCase()
  const named = text === 'last' ? {} : { named: text }
  const newest = text.length > 0 && text.length <= longestName ? await findNewest(api, named) : null
  return newest ?? findByPrefix(api, text)
}

/** `last` and names never refer to verifications. */
async function findNewest(api: Experiments, filter: Pick<Query, 'named'>): Promise<string | null> {
  for await (const { id, labels } of newestFirst(api, filter)) if (!(verifiesLabel in labels)) return id
  return null
}

async function findByPrefix(api: Experiments, text: string): Promise<string> {
  const matches: Summary[] = []
  const prefix = text.toLowerCase()
  if (/^[0-9a-f-]{4,36}$/.test(prefix))
    for await (const summary of newestFirst(api, { search: prefix }))
      if (summary.id.startsWith(prefix)) matches.push(summary)
  const [match, another] = matches
  if (match === undefined) throw new GoalpostError('not-found', noMatch(text))
  if (another === undefined) return match.id
  const listed = matches
    .slice(0, 4)
    .map(({ id, name }) => `${id} (${name})`)
    .join(', ')
  throw new GoalpostError('invalid-request', `${text} could be any of ${matches.length} experiments: ${listed}`)
}

/**
 * A reference to an experiment or a part of it: `EXPERIMENT`, `EXPERIMENT:REST` or `EXPERIMENT/REST`. Returns it with
 * the id in place of the experiment: `ID`, `ID:REST` or `ID:/REST`. Names may contain colons and slashes: the longest
 * prefix that is an experiment counts.
 */
export async function resolveBeginning(api: Experiments, text: string): Promise<string> {
  const separators = [...text.matchAll(/[:/]/g)].map(({ index }) => index)
  const ends = [text.length, ...separators.toReversed()].filter((end) => end > 0)
  for (const end of ends) {
    try {
      const id = await resolveExperiment(api, text.slice(0, end))
      if (end === text.length) return id
      return `${id}:${text[end] === ':' ? text.slice(end + 1) : text.slice(end)}`
    } catch (error) {
      if (!(error instanceof GoalpostError && error.code === 'not-found')) throw error
    }
  }
  throw new GoalpostError('not-found', noMatch(text.slice(0, ends.at(-1))))
}

function noMatch(text: string): string {
  if (text === 'last') return 'There are no experiments yet'
  return `There is no experiment with the id or name ${JSON.stringify(text)}; see goalpost list`
}

function newestFirst(api: Experiments, filter: Pick<Query, 'named' | 'search'>): AsyncGenerator<Summary> {
  return everyItem((cursor) =>
    api.experiments({ ...filter, limit: 200, archived: 'include', ...(cursor === undefined ? {} : { cursor }) }),
  )
}
