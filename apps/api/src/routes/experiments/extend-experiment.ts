import {
  GoalpostError,
  limits,
  type ExperimentExtension,
  type ExperimentView,
  type InputIssue,
  type ResolvedCondition,
  type ResolvedSpec,
} from '@goalpost/contracts'
import { canonicalJson, resolveSpec } from '@goalpost/experiments'
import { expandResolved, invalidSpec, parseSpec, type Planner, type Prepared } from '@goalpost/submission'

/**
 * The experiment with more seeds, more conditions, or both. Existing conditions stay exactly as resolved;
 * new conditions are resolved like those of a spec, over the options that the original one shares among its conditions.
 */
export function extendExperiment(view: ExperimentView, extension: ExperimentExtension, planner: Planner): Prepared {
  requireSameVersion(view.resolved, planner)
  requireNoSearch(view.resolved)
  const seeds = mergeSeeds(view.resolved.seeds, extension.seeds)
  const added = resolveAdded(view, extension.conditions, planner)
  const conditions = [...view.resolved.conditions, ...added]
  const issues = [...checkAdded(view.resolved.conditions, added), ...checkLimits(conditions.length, seeds.length)]
  if (issues.length > 0) throw invalidSpec(issues)
  const resolved = { ...view.resolved, seeds, conditions }
  return { resolved, expansion: expandResolved(resolved, planner) }
}

/** Tasks of another version would not be replicates of the existing ones. */
function requireSameVersion({ protocol, protocolVersion }: ResolvedSpec, { protocols }: Planner): void {
  const current = protocols.get(protocol)?.version
  if (current === protocolVersion) return
  const now = current === undefined ? 'which is no longer installed' : `and this installation has ${current}`
  throw new GoalpostError(
    'state-conflict',
    `The experiment was made with version ${protocolVersion} of ${protocol}, ${now}: submit it again instead of extending it`,
  )
}

function requireNoSearch({ search }: ResolvedSpec): void {
  if (search === undefined) return
  throw new GoalpostError(
    'state-conflict',
    'A search chooses its own conditions: submit the spec again with a larger budget or another width. Equal tasks are not computed again',
  )
}

/** A number adds that many seeds after the highest; existing seeds are not run twice. */
function mergeSeeds(present: readonly number[], more: ExperimentExtension['seeds']): number[] {
  return [...new Set([...present, ...listMore(present, more)])]
}

function listMore(present: readonly number[], more: ExperimentExtension['seeds']): readonly number[] {
  if (more === undefined || Array.isArray(more)) return more ?? []
  const { first, count } = typeof more === 'number' ? { first: Math.max(-1, ...present) + 1, count: more } : more
  const last = first + count - 1
  if (last > 2 ** 32 - 1)
    throw invalidSpec([{ pointer: '/seeds', message: `the last seed would be ${last}, too large for a seed` }])
  return Array.from({ length: count }, (_, index) => first + index)
}

function resolveAdded(
  view: ExperimentView,
  conditions: ExperimentExtension['conditions'],
  { protocols, saltHash }: Planner,
): readonly ResolvedCondition[] {
  if (conditions === undefined) return []
  const { grid: _grid, ...shared } = parseSpec(view.spec)
  const { subject } = view.resolved
  const resolution = resolveSpec({ ...shared, seeds: 1, conditions }, protocols, { saltHash, subject: subject ?? null })
  if (!resolution.ok) throw invalidSpec(resolution.issues)
  return resolution.resolved.conditions
}

function checkAdded(present: readonly ResolvedCondition[], added: readonly ResolvedCondition[]): InputIssue[] {
  return added.flatMap((condition, index) => {
    const namesake = present.find(({ name }) => name === condition.name)
    if (namesake !== undefined) {
      return [
        {
          pointer: `/conditions/${index}/name`,
          message: `the experiment already has a condition \`${condition.name}\``,
        },
      ]
    }
    const content = canonicalJson(condition.options)
    const twin = present.find(({ options }) => canonicalJson(options) === content)
    if (twin === undefined) return []
    return [{ pointer: `/conditions/${index}`, message: `has the same options as the condition \`${twin.name}\`` }]
  })
}

function checkLimits(conditions: number, seeds: number): InputIssue[] {
  const counts = [
    { pointer: '/seeds', what: 'seeds', count: seeds, most: limits.seedsPerExperiment },
    { pointer: '/conditions', what: 'conditions', count: conditions, most: limits.conditionsPerExperiment },
    { pointer: '', what: 'runs', count: conditions * seeds, most: limits.runsPerExperiment },
  ]
  return counts
    .filter(({ count, most }) => count > most)
    .map(({ pointer, what, count, most }) => ({
      pointer,
      message: `gives ${count} ${what}, more than the ${most} allowed`,
    }))
}
